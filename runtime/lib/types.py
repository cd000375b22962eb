"""types - names for the types that have no built-in name, and helpers to make classes at run time.

Each type is taken from a live object of it, so this file needs no help from native code.
Next: functools.py, typing.py.
"""
import sys as _sys


class _Samples:
    """Objects of the types, taken apart below."""

    def method(self):
        return self

    def cell(self):
        return (lambda: self).__closure__[0]

    def generator(self):
        yield

    async def coroutine(self):
        return

    async def async_generator(self):
        yield

    def traceback(self):
        try:
            raise TypeError
        except TypeError as error:
            return error.__traceback__


_samples = _Samples()
_coroutine = _samples.coroutine()
FunctionType = LambdaType = type(_Samples.method)
MethodType, CodeType, CellType = type(_samples.method), type(_Samples.method.__code__), type(_samples.cell())
GeneratorType, AsyncGeneratorType = type(_samples.generator()), type(_samples.async_generator())
CoroutineType = type(_coroutine)
_coroutine.close()
TracebackType = type(_samples.traceback())
FrameType = type(_samples.traceback().tb_frame)
BuiltinFunctionType = BuiltinMethodType = type(len)
MethodDescriptorType, ClassMethodDescriptorType = type(str.join), type(vars(dict)['fromkeys'])
WrapperDescriptorType, MethodWrapperType = type(object.__init__), type(object().__str__)
class _WithSlot:
    __slots__ = ('slot',)


GetSetDescriptorType, MemberDescriptorType = type(FunctionType.__code__), type(_WithSlot.slot)
MappingProxyType, SimpleNamespace, ModuleType = type(vars(type)), type(_sys.implementation), type(_sys)
GenericAlias, UnionType = type(list[int]), type(int | str)
NoneType, EllipsisType, NotImplementedType = type(None), type(...), type(NotImplemented)
del _coroutine, _samples, _Samples, _WithSlot


# ---- making classes ----

def new_class(name, bases=(), kwds=None, exec_body=None):
    """Make a class as a class statement would; exec_body(namespace) fills it."""
    real_bases = resolve_bases(bases)
    metaclass, namespace, keywords = prepare_class(name, real_bases, kwds)
    if exec_body is not None:
        exec_body(namespace)
    if real_bases is not bases:
        namespace['__orig_bases__'] = bases
    return metaclass(name, real_bases, namespace, **keywords)


def resolve_bases(bases):
    """Replace bases that are not classes by what their __mro_entries__ gives (PEP 560)."""
    real = []
    for base in bases:
        if isinstance(base, type) or not hasattr(base, '__mro_entries__'):
            real.append(base)
            continue
        entries = base.__mro_entries__(bases)
        if not isinstance(entries, tuple):
            raise TypeError('__mro_entries__ must return a tuple')
        real += entries
    is_same = len(real) == len(bases) and all(new is old for new, old in zip(real, bases))
    return bases if is_same else tuple(real)


def prepare_class(name, bases=(), kwds=None):
    """The first half of a class statement: (metaclass, namespace, keywords that are left)."""
    keywords = dict(kwds or {})
    metaclass = keywords.pop('metaclass', None) or (type(bases[0]) if bases else type)
    if isinstance(metaclass, type):
        metaclass = _most_derived(metaclass, *map(type, bases))
    prepare = getattr(metaclass, '__prepare__', None)
    return metaclass, prepare(name, bases, **keywords) if prepare else {}, keywords


def _most_derived(found, *others):
    """The one of these metaclasses that is derived from all others."""
    for each in others:
        if issubclass(each, found):
            found = each
        elif not issubclass(found, each):
            raise TypeError('metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass '
                            'of the metaclasses of all its bases')
    return found


class DynamicClassAttribute:
    """A property on instances that, asked on the class, goes to the metaclass's __getattr__."""

    def __init__(self, fget=None, fset=None, fdel=None, doc=None):
        self.fget, self.fset, self.fdel = fget, fset, fdel
        self.overwrite_doc = doc is None  # by that of another getter
        self.__doc__ = doc or fget.__doc__
        self.__isabstractmethod__ = bool(getattr(fget, '__isabstractmethod__', False))

    def _call(self, function, problem, *args):
        if function is None:
            raise AttributeError(problem)
        return function(*args)

    def __get__(self, instance, ownerclass=None):
        if instance is not None:
            return self._call(self.fget, 'unreadable attribute', instance)
        if self.__isabstractmethod__:
            return self
        raise AttributeError()

    def __set__(self, instance, value):
        self._call(self.fset, "can't set attribute", instance, value)

    def __delete__(self, instance):
        self._call(self.fdel, "can't delete attribute", instance)

    def _with(self, doc=None, **functions):
        new = type(self)(**{'fget': self.fget, 'fset': self.fset, 'fdel': self.fdel, **functions}, doc=doc or self.__doc__)
        new.overwrite_doc = self.overwrite_doc
        return new

    def getter(self, fget):
        """The same with another getter."""
        return self._with(fget.__doc__ if self.overwrite_doc else None, fget=fget)

    def setter(self, fset):
        """The same with another setter."""
        return self._with(fset=fset)

    def deleter(self, fdel):
        """The same with another deleter."""
        return self._with(fdel=fdel)


# ---- generators that can be awaited ----

class _GeneratorWrapper:
    """Makes a generator-like object awaitable."""

    def __init__(self, gen):
        self.__wrapped, self.__isgen = gen, isinstance(gen, GeneratorType)
        self.__name__, self.__qualname__ = (getattr(gen, name, None) for name in ('__name__', '__qualname__'))

    def __next__(self):
        return next(self.__wrapped)

    def close(self):
        return self.__wrapped.close()

    def throw(self, tp, *rest):
        return self.__wrapped.throw(tp, *rest)

    def send(self, val):
        return self.__wrapped.send(val)

    def __iter__(self):
        return self.__wrapped if self.__isgen else self

    __await__ = __iter__

    def _asked(name):
        return property(lambda self: getattr(self.__wrapped, name))

    gi_code = cr_code = _asked('gi_code')
    gi_frame = cr_frame = _asked('gi_frame')
    gi_running = cr_running = _asked('gi_running')
    gi_yieldfrom = cr_await = _asked('gi_yieldfrom')
    del _asked


_IS_GENERATOR, _IS_COROUTINE, _CAN_BE_AWAITED = 0x20, 0x80, 0x100  # bits of co_flags


def coroutine(func):
    """Let a generator function be awaited."""
    if not callable(func):
        raise TypeError('types.coroutine() expects a callable')
    code = getattr(func, '__code__', None)
    if type(func) is FunctionType and type(code) is CodeType:
        if code.co_flags & (_IS_COROUTINE | _CAN_BE_AWAITED):
            return func
        if code.co_flags & _IS_GENERATOR:
            func.__code__ = code.replace(co_flags=code.co_flags | _CAN_BE_AWAITED)
            return func
    from functools import wraps
    from _collections_abc import Coroutine, Generator

    @wraps(func)
    def wrapped(*args, **kwargs):
        made = func(*args, **kwargs)
        kind = type(made)
        if kind is CoroutineType or kind is GeneratorType and made.gi_code.co_flags & _CAN_BE_AWAITED:
            return made
        needs_wrapper = isinstance(made, Generator) and not isinstance(made, Coroutine)
        return _GeneratorWrapper(made) if needs_wrapper else made

    return wrapped


__all__ = [_name for _name in globals() if not _name.startswith('_')]
