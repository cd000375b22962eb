"""functools - tools for functions: wrapping, caching, partial application, dispatch on a type.

reduce, partial, cmp_to_key and the wrapper behind lru_cache are native (_functools).
Next: _collections_abc.py, contextlib.py.
"""
from abc import get_cache_token
from _thread import RLock
from _functools import cmp_to_key, partial, reduce, _lru_cache_wrapper

__all__ = ['update_wrapper', 'wraps', 'WRAPPER_ASSIGNMENTS', 'WRAPPER_UPDATES', 'total_ordering', 'cache',
           'cmp_to_key', 'lru_cache', 'reduce', 'partial', 'partialmethod', 'singledispatch',
           'singledispatchmethod', 'cached_property']

GenericAlias = type(list[int])

# ---- wrapping ----

WRAPPER_ASSIGNMENTS = '__module__', '__name__', '__qualname__', '__doc__', '__annotations__'
WRAPPER_UPDATES = '__dict__',


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Make wrapper look like wrapped: name, doc, annotations and __dict__; .__wrapped__ leads to the original."""
    for name in assigned:
        try:
            setattr(wrapper, name, getattr(wrapped, name))
        except AttributeError:
            if hasattr(wrapped, name):
                raise  # it is the wrapper that cannot have it
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, ()))
    wrapper.__wrapped__ = wrapped  # last: the update may have brought that of the wrapped one
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """A decorator that calls update_wrapper() with the function it decorates as the wrapper."""
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


# ---- ordering ----

# How to tell a comparison (row) by the one that a class defines (column): (negate what it says?, then what about equals?)
# Equals: True says yes to them, False says no, None leaves what was said.
_TELL = {'__lt__': {'__gt__': (True, False), '__le__': (False, True), '__ge__': (True, None)},
         '__le__': {'__ge__': (True, True), '__lt__': (False, False), '__gt__': (True, None)},
         '__gt__': {'__lt__': (True, False), '__ge__': (False, True), '__le__': (True, None)},
         '__ge__': {'__le__': (True, True), '__gt__': (False, False), '__lt__': (True, None)}}


def total_ordering(cls):
    """Decorates a class that has __eq__ and one of < <= > >=: adds the others."""
    own = [name for name in _TELL if getattr(cls, name, None) is not getattr(object, name)]
    if not own:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    source = max(own)  # __lt__, else __le__, else __gt__
    for name, (negate, equals) in _TELL[source].items():
        if name not in own:
            setattr(cls, name, _comparison(name, source, negate, equals))
    return cls


def _comparison(name, source, negate, equals):
    def compare(self, other):
        answer = getattr(type(self), source)(self, other)
        if answer is NotImplemented:
            return answer
        if negate:
            answer = not answer
        if equals is None:
            return answer
        return (answer or self == other) if equals else (answer and self != other)

    compare.__name__ = compare.__qualname__ = name
    compare.__doc__ = getattr(int, name).__doc__
    return compare


# ---- caching ----

class CacheInfo(tuple):
    """What cache_info() returns; a namedtuple by hand, so that importing functools stays light."""

    __slots__ = ()
    _fields = __match_args__ = 'hits', 'misses', 'maxsize', 'currsize'
    _field_defaults = {}
    hits, misses, maxsize, currsize = [property(lambda self, i=i: self[i], doc=f'Alias for field number {i}') for i in range(4)]

    def __new__(_cls, hits, misses, maxsize, currsize):
        return super().__new__(_cls, (hits, misses, maxsize, currsize))

    @classmethod
    def _make(cls, iterable):
        return cls(*iterable)

    def _asdict(self):
        return dict(zip(self._fields, self))

    def _replace(self, /, **kwds):
        return type(self)(**{**self._asdict(), **kwds})

    def __getnewargs__(self):
        return tuple(self)

    def __repr__(self):
        return f'CacheInfo({", ".join(f"{name}={value!r}" for name, value in self._asdict().items())})'


_CacheInfo = CacheInfo
del CacheInfo  # its name is as in Python, but it is not for others


def lru_cache(maxsize=128, typed=False):
    """Remember the results of the last maxsize different calls; maxsize None remembers all.

    The arguments must be hashable.  The wrapper has cache_info(), cache_clear() and cache_parameters().
    """
    if callable(maxsize) and isinstance(typed, bool):  # @lru_cache without parentheses
        return _cached(maxsize, 128, typed)
    if maxsize is not None:
        if not isinstance(maxsize, int):
            raise TypeError('Expected first argument to be an integer, a callable, or None')
        maxsize = max(maxsize, 0)
    return lambda function: _cached(function, maxsize, typed)


def _cached(function, maxsize, typed):
    wrapper = _lru_cache_wrapper(function, maxsize, typed, _CacheInfo)
    wrapper.cache_parameters = lambda: {'maxsize': maxsize, 'typed': typed}
    return update_wrapper(wrapper, function)


def cache(user_function, /):
    """Remember the results of all calls."""
    return _cached(user_function, None, False)


_ABSENT = object()


class cached_property:
    """A property computed once: its value is kept in the instance's __dict__ under the same name."""

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, func):
        self.func, self.attrname, self.lock = func, None, RLock()
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        if self.attrname not in (None, name):
            raise TypeError(f'Cannot assign the same cached_property to two different names ({self.attrname!r} and {name!r}).')
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        name = self.attrname
        if name is None:
            raise TypeError('Cannot use cached_property instance without calling __set_name__ on it.')
        try:
            values = instance.__dict__
        except AttributeError:
            raise TypeError(f"No '__dict__' attribute on {type(instance).__name__!r} instance to cache {name!r} property."
                            ) from None
        value = values.get(name, _ABSENT)
        if value is not _ABSENT:
            return value
        with self.lock:
            value = values.get(name, _ABSENT)  # another thread may have been quicker
            if value is _ABSENT:
                value = self.func(instance)
                try:
                    values[name] = value
                except TypeError:
                    raise TypeError(f"The '__dict__' attribute on {type(instance).__name__!r} instance does not support "
                                    f'item assignment for caching {name!r} property.') from None
        return value


# ---- partial application of a method ----

def _check_method(func):
    if not (callable(func) or hasattr(func, '__get__')):
        raise TypeError(f'{func!r} is not callable or a descriptor')
    return func


class _MaybeAbstract:
    """A descriptor around self.func, abstract if that is."""

    __slots__ = ()

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, '__isabstractmethod__', False)


class partialmethod(_MaybeAbstract):
    """functools.partial for use in a class: the result binds self as a method does."""

    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, func, /, *args, **keywords):
        if isinstance(func, partialmethod):  # one in another: as one
            func, args, keywords = func.func, func.args + args, func.keywords | keywords
        self.func, self.args, self.keywords = _check_method(func), args, keywords

    def __repr__(self):
        cls = type(self)
        positional = ', '.join(map(repr, self.args))
        named = ', '.join(f'{name}={value!r}' for name, value in self.keywords.items())
        return f'{cls.__module__}.{cls.__qualname__}({self.func!r}, {positional}, {named})'

    def __get__(self, obj, cls=None):
        bind = getattr(self.func, '__get__', None)
        bound = self.func if bind is None else bind(obj, cls)
        if bound is self.func:  # it takes self as an argument like others
            return self._as_function().__get__(obj, cls)
        result = partial(bound, *self.args, **self.keywords)
        if hasattr(bound, '__self__'):
            result.__self__ = bound.__self__
        return result

    def _as_function(self):
        def method(self_or_cls, /, *args, **keywords):
            return self.func(self_or_cls, *self.args, *args, **(self.keywords | keywords))

        method._partialmethod = self
        method.__isabstractmethod__ = self.__isabstractmethod__
        return method


def _unwrap_partial(func):
    while isinstance(func, partial):
        func = func.func
    return func


# ---- dispatch on the type of the first argument ----
#
# What fits best is the first class in the MRO that something is registered for. The ABCs that a class is only registered
# with, or fits by their __subclasshook__, are not in its MRO: one is made in which they are.

def _c3_merge(sequences):
    """One order out of several: always the first class that is behind another in none of them."""
    merged = []
    while sequences := list(filter(None, sequences)):
        behind = {cls for sequence in sequences for cls in sequence[1:]}
        first = next((sequence[0] for sequence in sequences if sequence[0] not in behind), None)
        if first is None:
            raise RuntimeError('Inconsistent hierarchy')
        merged.append(first)
        sequences = [sequence[1:] if sequence[0] is first else sequence for sequence in sequences]
    return merged


def _c3_mro(cls, abcs=None):
    """The MRO of cls with the ABCs that it fits: they stand behind the last of its bases that is an ABC itself."""
    abcs, bases = list(abcs or ()), list(cls.__bases__)
    split = max((i for i, base in enumerate(bases, 1) if hasattr(base, '__abstractmethods__')), default=0)
    added = [each for each in abcs if issubclass(cls, each) and not any(issubclass(base, each) for base in bases)]
    left = [each for each in abcs if each not in added]
    groups = bases[:split], added, bases[split:]
    orders = [_c3_mro(base, left) for group in groups for base in group]
    return _c3_merge([[cls], *orders, *groups])


def _compose_mro(cls, types):
    """The MRO of cls, with the ABCs among types that it fits without inheriting from them."""
    own = set(cls.__mro__)

    def is_fit(kind):
        return kind not in own and hasattr(kind, '__mro__') and not isinstance(kind, GenericAlias) and issubclass(cls, kind)

    fit = [kind for kind in types if is_fit(kind)]
    fit = [kind for kind in fit if not any(kind is not other and kind in other.__mro__ for other in fit)]
    wanted = set(fit)
    found = {}  # in order
    for kind in fit:  # subclasses that cls fits as well bring the order of their bases with them
        subs = [sub for sub in kind.__subclasses__() if sub not in own and issubclass(cls, sub)]
        orders = sorted(([base for base in sub.__mro__ if base in wanted] for sub in subs), key=len, reverse=True)
        for order in orders or [[kind]]:
            found.update(dict.fromkeys(order))
    return _c3_mro(cls, list(found))


def _find_impl(cls, registry):
    """The implementation in the registry that fits cls best; an ambiguity between two ABCs is an error."""
    order = iter(_compose_mro(cls, registry.keys()))
    best = next((kind for kind in order if kind in registry), None)
    after = next(order, None)
    if after in registry and after not in cls.__mro__ and best not in cls.__mro__ and not issubclass(best, after):
        raise RuntimeError(f'Ambiguous dispatch: {best} or {after}')
    return registry.get(best)


def _is_union(annotation):
    from typing import Union, get_origin
    return get_origin(annotation) in (Union, type(int | str))


def _classes_in(annotation):
    """The classes that are to be registered for: one, those of a union; None for what is neither."""
    if isinstance(annotation, type):
        return [annotation]
    args = getattr(annotation, '__args__', None)
    if args and _is_union(annotation) and all(isinstance(arg, type) for arg in args):
        return args
    return None


def _first_annotation(func):
    """The type that the first annotation of func names."""
    if not getattr(func, '__annotations__', None):
        raise TypeError(f'Invalid first argument to `register()`: {func!r}. '
                        'Use either `@register(some_class)` or plain `@register` on an annotated function.')
    from typing import get_type_hints
    name, annotation = next(iter(get_type_hints(func).items()))
    if _classes_in(annotation) is None:
        problem = 'not all arguments are classes' if _is_union(annotation) else 'is not a class'
        raise TypeError(f'Invalid annotation for {name!r}. {annotation!r} {problem}.')
    return annotation


def singledispatch(func):
    """Turn func into a generic function: register() adds implementations for types of the first argument."""
    from _weakref import ref
    registry, known = {object: func}, {}  # class -> implementation; weak reference to class -> what was found for it
    token = None                          # of the ABCs, while one is registered: what fits them may change

    def dispatch(cls):
        """The implementation that fits cls."""
        nonlocal token
        if token is not None and token != get_cache_token():
            known.clear()
            token = get_cache_token()
        implementation = known.get(ref(cls))
        if implementation is None:
            implementation = registry.get(cls) or _find_impl(cls, registry)
            known[ref(cls, lambda dead: known.pop(dead, None))] = implementation
        return implementation

    def register(cls, func=None):
        """Register func for cls; a decorator without func, and cls may be the annotated function itself."""
        nonlocal token
        classes = _classes_in(cls)
        if classes is None:
            if func is not None:
                raise TypeError(f'Invalid first argument to `register()`. {cls!r} is not a class or union type.')
            func, classes = cls, _classes_in(_first_annotation(cls))
        elif func is None:
            return lambda function: register(cls, function)
        registry.update(dict.fromkeys(classes, func))
        if token is None and any(hasattr(each, '__abstractmethods__') for each in classes):
            token = get_cache_token()
        known.clear()
        return func

    name = getattr(func, '__name__', 'singledispatch function')

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f'{name} requires at least 1 positional argument')
        return dispatch(args[0].__class__)(*args, **kw)

    wrapper.dispatch, wrapper.register, wrapper._clear_cache = dispatch, register, known.clear
    wrapper.registry = type(vars(type))(registry)  # to be read only
    return update_wrapper(wrapper, func)


class singledispatchmethod(_MaybeAbstract):
    """singledispatch for methods: dispatches on the first argument after self or cls."""

    def __init__(self, func):
        self.func = _check_method(func)
        self.dispatcher = singledispatch(func)

    def register(self, cls, method=None):
        """Register a method for cls; a decorator without it."""
        return self.dispatcher.register(cls, method)

    def __get__(self, obj, cls=None):
        def method(*args, **kwargs):
            chosen = self.dispatcher.dispatch(args[0].__class__)
            return chosen.__get__(obj, cls)(*args, **kwargs)

        method.register, method.__isabstractmethod__ = self.register, self.__isabstractmethod__
        return update_wrapper(method, self.func)
