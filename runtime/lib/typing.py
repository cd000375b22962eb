"""typing - the run-time part of type hints: objects that stand for types, can be subscripted, compared and shown.

Nothing here checks a type.  The families:
    _SpecialForm           Union, Optional, ClassVar ..: have a rule for X[...], nothing else
    TypeVar and kin        placeholders; __typing_subst__ says what may take their place
    _GenericAlias          X[args] of any generic X; subscripting it again puts other types in the place of its __parameters__
    _SpecialGenericAlias   List, Dict ..: old names of built-in and ABC classes, with a fixed number of arguments
    Generic, Protocol      base classes;  NamedTuple, TypedDict, NewType: makers of classes
Keeps: importing is cheap; whatever needs re, contextlib or warnings imports it when used.
Next: dataclasses.py, types.py, _collections_abc.py; runtime/types/generic_alias.c, which does for list[int] what is done here.
"""
import collections
import collections.abc
import functools
import operator
import sys
import types
from abc import ABCMeta, abstractmethod
from types import GenericAlias

__all__ = '''Annotated Any Callable ClassVar Concatenate Final ForwardRef Generic Literal Optional ParamSpec Protocol Tuple Type
TypeVar TypeVarTuple Union AbstractSet ByteString Container ContextManager Hashable ItemsView Iterable Iterator KeysView Mapping
MappingView MutableMapping MutableSequence MutableSet Sequence Sized ValuesView Awaitable AsyncIterator AsyncIterable Coroutine
Collection AsyncGenerator AsyncContextManager Reversible SupportsAbs SupportsBytes SupportsComplex SupportsFloat SupportsIndex
SupportsInt SupportsRound ChainMap Counter Deque Dict DefaultDict List OrderedDict Set FrozenSet NamedTuple TypedDict Generator
BinaryIO IO Match Pattern TextIO AnyStr assert_type assert_never cast clear_overloads dataclass_transform final get_args
get_origin get_overloads get_type_hints is_typeddict LiteralString Never NewType no_type_check no_type_check_decorator NoReturn
NotRequired overload ParamSpecArgs ParamSpecKwargs Required reveal_type runtime_checkable Self Text TYPE_CHECKING TypeAlias
TypeGuard Unpack'''.split()

TYPE_CHECKING = False
Text = str


# ---- helpers: from what people write to a type ----

def _as_tuple(item):
    """X[a] gives a, X[a, b] a tuple: always a tuple."""
    return item if isinstance(item, tuple) else (item,)


def _type_convert(arg, module=None, *, allow_special_forms=False):
    """None becomes NoneType, a string a ForwardRef."""
    if isinstance(arg, str):
        return ForwardRef(arg, module=module, is_class=allow_special_forms)
    return types.NoneType if arg is None else arg


def _type_check(arg, msg, is_argument=True, module=None, *, allow_special_forms=False):
    """arg as a type, or TypeError when it can be none."""
    arg = _type_convert(arg, module=module, allow_special_forms=allow_special_forms)
    if isinstance(arg, type) and arg is not Generic and arg is not Protocol:
        return arg
    if isinstance(arg, _GenericAlias):
        origin = arg.__origin__
        if origin is Generic or origin is Protocol:
            is_wrong = True
        elif allow_special_forms:
            is_wrong = False
        else:
            is_wrong = origin is ClassVar or origin is Final and is_argument
        if is_wrong:
            raise TypeError(f'{arg} is not valid as type argument')
    elif isinstance(arg, _SpecialForm) or arg is Generic or arg is Protocol:
        if arg not in _complete_forms and not (allow_special_forms and arg in (ClassVar, Final)):
            raise TypeError(f'Plain {arg} is not valid as type argument')
    elif type(arg) is tuple:
        raise TypeError(f'{msg} Got {arg!r:.100}.')
    return arg


def _type_repr(obj):
    """As collections.abc shows types: int, module.Class, ... for Ellipsis, a function's name."""
    if obj is ...:
        return '...'
    if isinstance(obj, types.FunctionType):
        return obj.__name__
    if isinstance(obj, type) and not isinstance(obj, GenericAlias):
        return obj.__qualname__ if obj.__module__ == 'builtins' else f'{obj.__module__}.{obj.__qualname__}'
    return repr(obj)


def _list_types(args):
    return ', '.join(map(_type_repr, args))


def _is_param_expr(arg):
    """Whether arg can stand for the parameters of a callable: ..., [int, str], a ParamSpec, a Concatenate."""
    return arg is ... or isinstance(arg, (list, tuple, ParamSpec, _ConcatenateGenericAlias))


def _is_flat_callable(alias, args):
    """Does alias stand for Callable[[a, b], r], whose __args__ are kept flat as (a, b, r)?"""
    if alias.__origin__ is not collections.abc.Callable:
        return False
    return len(args) != 2 or not _is_param_expr(args[0])


def _unflattened(args):
    return [*args[:-1]], args[-1]


def _unique(items):
    """The items without what came before; they need a hash."""
    return tuple(dict.fromkeys(items))


def _flatten(items, kinds):
    """The items, with the arguments of each one of these kinds instead of it."""
    flat = []
    for item in items:
        flat += item.__args__ if isinstance(item, kinds) else [item]
    return flat


def _calling_module(depth=1, default='__main__'):
    """The name of the module that called the caller of this (of depth 1)."""
    try:
        return sys._getframe(depth + 1).f_globals.get('__name__', default)
    except ValueError:
        return None


_cleanups = []  # empty the caches; called by tests that look for leaks


def _tp_cache(func=None, /, *, typed=False):
    """Cache a __getitem__; arguments that cannot be hashed go to the function itself."""
    if func is None:
        return functools.partial(_tp_cache, typed=typed)
    cached = functools.lru_cache(typed=typed)(func)
    _cleanups.append(cached.cache_clear)

    def getitem(*args):
        try:
            return cached(*args)
        except TypeError:  # no hash, or an error of func itself, which comes again
            pass
        return func(*args)

    return functools.update_wrapper(getitem, func)


# ---- helpers: putting types in the place of type variables ----

def _collect_parameters(args):
    """The type variables in args, in order of first appearance."""
    found = []
    for arg in args:
        if hasattr(arg, '__typing_subst__') and not isinstance(arg, type):
            found.append(arg)
        elif not isinstance(arg, type) or isinstance(arg, GenericAlias):
            found += getattr(arg, '__parameters__', ())
    return _unique(found)


def _check_count(what, actual, wanted):
    if actual != wanted:
        word = 'many' if actual > wanted else 'few'
        raise TypeError(f'Too {word} arguments for {what}; actual {actual}, expected {wanted}')


def _assign(alias, params, args):
    """Which of args falls to each of params. What falls to a TypeVarTuple, and to a ParamSpec, is a tuple."""
    for param in params:
        prepare = getattr(param, '__typing_prepare_subst__', None)
        if prepare is not None:
            args = prepare(alias, args)
    _check_count(alias, len(args), len(params))
    return dict(zip(params, args))


def _chosen(params, chosen):
    """What was chosen for these params, as arguments of one more subscription."""
    args = []
    for param in params:
        args += chosen[param] if isinstance(param, TypeVarTuple) else [chosen[param]]
    return tuple(args)


def _replace(arg, chosen):
    """arg, itself a variable or with variables in it, after the choice."""
    if isinstance(arg, type) and not isinstance(arg, GenericAlias):
        return arg
    substitute = getattr(arg, '__typing_subst__', None)
    if substitute is not None:
        return substitute(chosen[arg])
    params = getattr(arg, '__parameters__', ())
    return arg[_chosen(params, chosen)] if params else arg


def _open_items(arg):
    """The items of *tuple[int, str]; None of anything else, and of *tuple[int, ...]."""
    items = None if isinstance(arg, type) and not isinstance(arg, GenericAlias) else getattr(
        arg, '__typing_unpacked_tuple_args__', None)
    return None if items and items[-1] is ... else items


def _unpack_args(args):
    """Spread each *tuple[int, str] among args; *tuple[int, ...] stays."""
    spread = []
    for arg in args:
        items = _open_items(arg)
        spread += [arg] if items is None else items
    return spread


def _substituted(alias, args):
    """The arguments of a types.GenericAlias when args have taken the place of its variables; it calls this (runtime/types/alias.c)."""
    chosen = _assign(alias, alias.__parameters__, tuple(_unpack_args(args)))
    new = []
    for old in alias.__args__:
        got = _replace(old, chosen)
        new += got if _is_unpacked_typevartuple(old) else [got]
    return tuple(new)


def _is_unpacked_typevartuple(x):
    return not isinstance(x, type) and getattr(x, '__typing_is_unpacked_typevartuple__', False)


def _rebuilt(t, args):
    """The alias or union t with other arguments."""
    if isinstance(t, types.UnionType):
        return functools.reduce(operator.or_, args)
    return GenericAlias(t.__origin__, args) if isinstance(t, GenericAlias) else t.copy_with(args)


_compound = ()  # the types of what has __args__; set when they are there


def _eval_type(t, globalns, localns, recursive_guard=frozenset()):
    """t with all forward references in it evaluated."""
    if isinstance(t, ForwardRef):
        return t._evaluate(globalns, localns, recursive_guard)
    if not isinstance(t, _compound):
        return t
    if isinstance(t, GenericAlias):
        # In list['C'] the string is still one.
        args = tuple([ForwardRef(arg) if isinstance(arg, str) else arg for arg in t.__args__])
        fresh = t.__origin__[_unflattened(args) if _is_flat_callable(t, args) else args]
        t = Unpack[fresh] if t.__unpacked__ else fresh
    args = tuple([_eval_type(arg, globalns, localns, recursive_guard) for arg in t.__args__])
    return t if args == t.__args__ else _rebuilt(t, args)


# ---- mixins ----

class _Final:
    """Only classes of this module, which say _root=True, may derive from this."""
    __slots__ = '__weakref__',

    def __init_subclass__(cls, /, *args, **kwds):
        if '_root' not in kwds:
            raise TypeError('Cannot subclass special typing classes')


class _Immutable:
    """Copies are the thing itself."""
    __slots__ = ()

    def __deepcopy__(self, memo):
        return self

    __copy__ = lambda self: self


class _NotIterable:
    """Has __getitem__, but is no sequence."""
    __slots__ = ()
    __iter__ = None


class _OrMixin:
    """X | Y makes a Union."""
    __slots__ = ()

    def __or__(self, right):
        return Union[self, right]

    def __ror__(self, left):
        return Union[left, self]


# ---- special forms ----

class _SpecialForm(_Final, _NotIterable, _OrMixin, _root=True):
    # A name that is no type, but may have a rule for X[...]: the function that this is made of.
    __slots__ = '_name', '__doc__', '_getitem'

    def __init__(self, getitem):
        self._getitem, self._name, self.__doc__ = getitem, getitem.__name__, getitem.__doc__

    def __getattr__(self, name):
        if name == '__name__' or name == '__qualname__':
            return self._name
        raise AttributeError(name)

    @_tp_cache
    def __getitem__(self, parameters):
        return self._getitem(self, parameters)

    def __repr__(self):
        return f'typing.{self._name}'

    def __reduce__(self):
        return self._name

    def __mro_entries__(self, bases):
        raise TypeError(f'Cannot subclass {self!r}')

    def __call__(self, *args, **kwds):
        raise TypeError(f'Cannot instantiate {self!r}')

    def __instancecheck__(self, obj):
        raise TypeError(f'{self} cannot be used with isinstance()')

    def __subclasscheck__(self, cls):
        raise TypeError(f'{self} cannot be used with issubclass()')


def _form(name, doc, getitem):
    getitem.__name__, getitem.__doc__ = name, doc
    return _SpecialForm(getitem)


def _complete_form(name, doc):
    """A form that is as good as a type, and takes no arguments."""
    def getitem(self, parameters):
        raise TypeError(f'{self} is not subscriptable')
    return _form(name, doc, getitem)


def _form_of_one(name, doc, complaint='{self} accepts only single type.'):
    """A form that takes one type."""
    def getitem(self, parameters):
        return _GenericAlias(self, (_type_check(parameters, complaint.format(self=self)),))
    return _form(name, doc, getitem)


NoReturn = _complete_form('NoReturn', 'The result of a function that never returns.')
Never = _complete_form('Never', 'The type that has no values.')
Self = _complete_form('Self', 'The class that a method stands in, or a subclass of it.')
LiteralString = _complete_form('LiteralString', 'A string made of literals only.')
TypeAlias = _complete_form('TypeAlias', 'Says that an assignment makes an alias of a type.')
_complete_forms = NoReturn, Never, Self, LiteralString, TypeAlias

ClassVar = _form_of_one('ClassVar', 'ClassVar[T]: a variable of the class, not of its instances.')
Final = _form_of_one('Final', 'Final[T]: a name that is not to be assigned again.')
TypeGuard = _form_of_one('TypeGuard', 'TypeGuard[T]: the result of a function that tells whether its argument is a T.')
Required = _form_of_one('Required', 'Required[T]: a TypedDict key that must be there.',
                        '{self._name} accepts only a single type.')
NotRequired = _form_of_one('NotRequired', 'NotRequired[T]: a TypedDict key that may be missing.',
                           '{self._name} accepts only a single type.')


@_SpecialForm
def Unpack(self, parameters):
    """Unpack[Ts], or *Ts: the items of Ts one by one."""
    return _UnpackGenericAlias(self, (_type_check(parameters, f'{self} accepts only single type.'),))


@_SpecialForm
def Union(self, parameters):
    """Union[X, Y]: X or Y.  Nested unions are flattened, duplicates dropped; Union[X] is X."""
    if parameters == ():
        raise TypeError('Cannot take a Union of no types.')
    members = [_type_check(p, 'Union[arg, ...]: each arg must be a type.') for p in _as_tuple(parameters)]
    members = _unique(_flatten(members, (_UnionGenericAlias, types.UnionType)))
    if len(members) == 1:
        return members[0]
    is_optional = len(members) == 2 and types.NoneType in members
    return _UnionGenericAlias(self, members, name='Optional' if is_optional else None)


@_SpecialForm
def Optional(self, parameters):
    """Optional[X]: X or None."""
    return Union[_type_check(parameters, f'{self} requires a single type.'), types.NoneType]


@_SpecialForm
def Concatenate(self, parameters):
    """Concatenate[T, P]: the parameters of P with one more in front."""
    if parameters == ():
        raise TypeError('Cannot take a Concatenate of no types.')
    *first, last = _as_tuple(parameters)
    if last is not ... and not isinstance(last, ParamSpec):
        raise TypeError('The last parameter to Concatenate should be a ParamSpec variable or ellipsis.')
    first = [_type_check(p, 'Concatenate[arg, ...]: each arg must be a type.') for p in first]
    return _ConcatenateGenericAlias(self, (*first, last))


class _LiteralForm(_SpecialForm, _root=True):
    def __getitem__(self, parameters):
        return self._getitem(self, *_as_tuple(parameters))


@_LiteralForm
@_tp_cache(typed=True)
def Literal(self, *parameters):
    """Literal[1, 'a']: one of these values."""
    values = _flatten(parameters, _LiteralGenericAlias)
    try:
        values = [value for value, _ in _unique(_with_types(values))]
    except TypeError:
        pass  # some have no hash
    return _LiteralGenericAlias(self, tuple(values))


def _with_types(values):
    """As pairs, for 1 is not True here."""
    return [(value, type(value)) for value in values]


class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is not Any:
            return type.__instancecheck__(self, obj)
        raise TypeError('typing.Any cannot be used with isinstance()')

    def __repr__(self):
        return type.__repr__(self) if self is not Any else 'typing.Any'


class Any(metaclass=_AnyMeta):
    """Any type at all; every type fits it, and it fits every type."""

    def __new__(cls, *args, **kwargs):
        if cls is not Any:
            return super().__new__(cls, *args, **kwargs)
        raise TypeError('Any cannot be instantiated')


class ForwardRef(_Final, _OrMixin, _root=True):
    """A type hint written as a string, not yet evaluated."""
    __slots__ = tuple([f'__forward_{part}__' for part in 'arg code evaluated value is_argument is_class module'.split()])

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        if not isinstance(arg, str):
            raise TypeError(f'Forward reference must be a string -- got {arg!r}')
        try:
            # '*tuple[int]' is no expression; in a tuple it is.
            self.__forward_code__ = compile(f'({arg},)[0]' if arg.startswith('*') else arg, '<string>', 'eval')
        except SyntaxError:
            raise SyntaxError(f'Forward reference must be an expression -- got {arg!r}')
        self.__forward_arg__, self.__forward_module__ = arg, module
        self.__forward_is_argument__, self.__forward_is_class__ = is_argument, is_class
        self.__forward_evaluated__, self.__forward_value__ = False, None

    def _evaluate(self, globalns, localns, recursive_guard):
        if self.__forward_arg__ in recursive_guard:
            return self  # it stands in what it refers to
        if self.__forward_evaluated__ and localns is globalns:
            return self.__forward_value__
        if globalns is None:
            globalns = {} if localns is None else localns
        if localns is None:
            localns = globalns
        if self.__forward_module__ is not None:
            globalns = getattr(sys.modules.get(self.__forward_module__), '__dict__', globalns)
        value = _type_check(eval(self.__forward_code__, globalns, localns), 'Forward references must evaluate to types.',
                            is_argument=self.__forward_is_argument__, allow_special_forms=self.__forward_is_class__)
        self.__forward_value__ = _eval_type(value, globalns, localns, recursive_guard | {self.__forward_arg__})
        self.__forward_evaluated__ = True
        return self.__forward_value__

    def __eq__(self, other):
        if isinstance(other, ForwardRef):
            if self.__forward_evaluated__ and other.__forward_evaluated__:
                return (self.__forward_arg__, self.__forward_value__) == (other.__forward_arg__, other.__forward_value__)
            return (self.__forward_arg__, self.__forward_module__) == (other.__forward_arg__, other.__forward_module__)
        return NotImplemented

    def __hash__(self):
        return hash((self.__forward_arg__, self.__forward_module__))

    def __repr__(self):
        module = self.__forward_module__
        return f'ForwardRef({self.__forward_arg__!r}' + (')' if module is None else f', module={module!r})')


# ---- type variables ----

class _Variable(_Immutable):
    """What all the variables share: a name, and the module where they were made."""

    def _set_name(self, name):
        self.__name__ = name
        module = _calling_module(3 if isinstance(self, _Bounded) else 2)
        if module != 'typing':
            self.__module__ = module

    def __repr__(self):
        return self.__name__

    def __reduce__(self):
        return self.__name__

    def __mro_entries__(self, bases):
        raise TypeError(f'Cannot subclass an instance of {type(self).__name__}')


class _Bounded(_Variable, _OrMixin):
    """What TypeVar and ParamSpec share: a bound, and variance."""

    def _set_limits(self, name, bound, covariant, contravariant):
        if covariant and contravariant:
            raise ValueError('Bivariant types are not supported.')
        self.__covariant__, self.__contravariant__ = bool(covariant), bool(contravariant)
        self.__bound__ = _type_check(bound, 'Bound must be a type.') if bound else None
        self._set_name(name)

    def __repr__(self):
        return ('+' if self.__covariant__ else '-' if self.__contravariant__ else '~') + self.__name__


class TypeVar(_Final, _Bounded, _root=True):
    """A variable that stands for one type, maybe one of some constraints or a subclass of a bound."""

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self._set_limits(name, bound, covariant, contravariant)
        if constraints and bound is not None:
            raise TypeError('Constraints cannot be combined with bound=...')
        if len(constraints) == 1:
            raise TypeError('A single constraint is not allowed')
        self.__constraints__ = tuple([_type_check(t, 'TypeVar(name, constraint, ...): constraints must be types.')
                                      for t in constraints])

    def __typing_subst__(self, arg):
        arg = _type_check(arg, 'Parameters to generic types must be types.')
        if getattr(arg, '__unpacked__', False) is True if isinstance(arg, GenericAlias) else isinstance(arg, _UnpackGenericAlias):
            raise TypeError(f'{arg} is not valid as type argument')
        return arg


class TypeVarTuple(_Final, _Variable, _root=True):
    """A variable that stands for any number of types."""

    def __init__(self, name):
        self._set_name(name)

    def __iter__(self):
        yield Unpack[self]

    def __typing_subst__(self, arg):
        raise TypeError('Substitution of bare TypeVarTuple is not supported')

    def __typing_prepare_subst__(self, alias, args):
        """Group the arguments that fall to this variable into one tuple."""
        params = alias.__parameters__
        before = params.index(self)
        after = len(params) - before - 1
        if any(isinstance(param, TypeVarTuple) for param in params[before + 1:]):
            raise TypeError(f'More than one TypeVarTuple parameter in {alias}')
        at, filler = _find_endless(args)
        if at is None:
            if before + after > len(args):
                raise TypeError(f'Too few arguments for {alias}; actual {len(args)}, expected at least {before + after}')
            return (*args[:before], tuple(args[before:len(args) - after]), *args[len(args) - after:])
        # *tuple[X, ...] gives an X to each variable that would get nothing, and stays here for the rest.
        left, right = min(before, at), min(after, len(args) - at - 1)
        end = len(args) - right
        return (*args[:left], *[filler] * (before - left), tuple(args[left:end]), *[filler] * (after - right), *args[end:])


def _find_endless(args):
    """The place of *tuple[X, ...] in args, and X; at most one can be there."""
    found = None, None
    for i, arg in enumerate(args):
        items = None if isinstance(arg, type) and not isinstance(arg, GenericAlias) else getattr(
            arg, '__typing_unpacked_tuple_args__', None)
        if items and len(items) == 2 and items[1] is ...:
            if found[0] is not None:
                raise TypeError('More than one unpacked arbitrary-length tuple argument')
            found = i, items[0]
    return found


class _ParamSpecPart(_Final, _Immutable, _root=True):
    def __init__(self, origin):
        self.__origin__ = origin

    def __eq__(self, other):
        return self.__origin__ == other.__origin__ if isinstance(other, type(self)) else NotImplemented

    def __repr__(self):
        return f'{self.__origin__.__name__}.{self._part}'

    def __mro_entries__(self, bases):
        raise TypeError(f'Cannot subclass an instance of {type(self).__name__}')


class ParamSpecArgs(_ParamSpecPart, _root=True):
    """P.args of a ParamSpec P."""
    _part = 'args'


class ParamSpecKwargs(_ParamSpecPart, _root=True):
    """P.kwargs of a ParamSpec P."""
    _part = 'kwargs'


class ParamSpec(_Final, _Bounded, _root=True):
    """A variable that stands for the parameters of a callable."""

    def __init__(self, name, *, bound=None, covariant=False, contravariant=False):
        self._set_limits(name, bound, covariant, contravariant)

    args = property(ParamSpecArgs)
    kwargs = property(ParamSpecKwargs)

    def __typing_subst__(self, arg):
        if isinstance(arg, (tuple, list)):
            return tuple([_type_check(each, 'Expected a type.') for each in arg])
        if _is_param_expr(arg):
            return arg
        raise TypeError(f'Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {arg}')

    def __typing_prepare_subst__(self, alias, args):
        """Make a tuple of the list of types that falls to this variable."""
        params = alias.__parameters__
        i = params.index(self)
        if len(args) <= i:
            raise TypeError(f'Too few arguments for {alias}')
        if len(params) == 1 and not _is_param_expr(args[0]):
            return (args,)  # Z[int, str] for Z[[int, str]]
        if isinstance(args[i], list):
            return (*args[:i], tuple(args[i]), *args[i + 1:])
        return args


# ---- aliases ----

def _is_dunder(name):
    return name[:2] == name[-2:] == '__'


class _BaseGenericAlias(_Final, _root=True):
    """Stands for a generic class, with or without arguments; attributes are those of the class, __origin__."""

    def __init__(self, origin, *, inst=True, name=None):
        self._inst, self._name = inst, name
        self.__origin__, self.__slots__ = origin, None

    def __call__(self, *args, **kwargs):
        if not self._inst:
            raise TypeError(f'Type {self._name} cannot be instantiated; use {self.__origin__.__name__}() instead')
        made = self.__origin__(*args, **kwargs)
        try:
            made.__orig_class__ = self
        except AttributeError:
            pass  # it has __slots__
        return made

    def __mro_entries__(self, bases):
        """The class itself, and Generic unless a later base brings that."""
        entries = () if self.__origin__ in bases else (self.__origin__,)
        later = bases[bases.index(self) + 1:]
        if any(isinstance(base, _BaseGenericAlias) or issubclass(base, Generic) for base in later):
            return entries
        return *entries, Generic

    def __getattr__(self, name):
        if name == '__name__' or name == '__qualname__':
            return self._name or self.__origin__.__name__
        if _is_dunder(name) or '__origin__' not in self.__dict__:
            raise AttributeError(name)
        return getattr(self.__origin__, name)

    def __setattr__(self, name, value):
        is_own = _is_dunder(name) or name in ('_name', '_inst', '_nparams')
        object.__setattr__(self if is_own else self.__origin__, name, value) if is_own else setattr(self.__origin__, name, value)

    def __dir__(self):
        return [*{*super().__dir__(), *[name for name in dir(self.__origin__) if not _is_dunder(name)]}]

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        raise TypeError('Subscripted generics cannot be used with class and instance checks')


class _GenericAlias(_BaseGenericAlias, _OrMixin, _root=True):
    """X[args]."""

    def __init__(self, origin, args, *, inst=True, name=None, _paramspec_tvars=False):
        super().__init__(origin, inst=inst, name=name)
        self.__args__ = args = _as_tuple(args)
        self.__parameters__ = _collect_parameters(args)
        if not name:
            self.__module__ = origin.__module__

    def __eq__(self, other):
        if isinstance(other, _GenericAlias):
            return (self.__origin__, self.__args__) == (other.__origin__, other.__args__)
        return NotImplemented

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    @_tp_cache
    def __getitem__(self, args):
        """Put args in the place of the type variables."""
        if self.__origin__ is Generic or self.__origin__ is Protocol:
            raise TypeError(f'Cannot subscript already-subscripted {self}')
        if not self.__parameters__:
            raise TypeError(f'{self} is not a generic class')
        given = _unpack_args([_type_convert(arg) for arg in _as_tuple(args)])
        return self.copy_with(self._new_args(_assign(self, self.__parameters__, tuple(given))))

    def _new_args(self, chosen):
        args = []
        for old in self.__args__:
            new = _replace(old, chosen)
            is_flat = self.__origin__ is collections.abc.Callable and isinstance(new, tuple)
            args += new if is_flat or _is_unpacked_typevartuple(old) else [new]
        return tuple(args)

    def copy_with(self, args):
        """The same with other arguments."""
        return type(self)(self.__origin__, args, name=self._name, inst=self._inst)

    def __repr__(self):
        name = f'typing.{self._name}' if self._name else _type_repr(self.__origin__)
        return f"{name}[{_list_types(self.__args__) or '()'}]"

    def __reduce__(self):
        args = self.__args__
        if len(args) == 1 and not isinstance(args[0], tuple):
            args = args[0]
        return operator.getitem, (globals()[self._name] if self._name else self.__origin__, args)

    def __mro_entries__(self, bases):
        origin = self.__origin__
        if isinstance(origin, _SpecialForm):
            raise TypeError(f'Cannot subclass {self!r}')
        if self._name:
            return super().__mro_entries__(bases)
        if origin is Generic:
            later = bases[bases.index(self) + 1:]
            if Protocol in bases or any(isinstance(base, _BaseGenericAlias) and base is not self for base in later):
                return ()
        return (origin,)

    def __iter__(self):
        yield Unpack[self]


_compound = _GenericAlias, GenericAlias, types.UnionType


class _SpecialGenericAlias(_NotIterable, _BaseGenericAlias, _OrMixin, _root=True):
    """List, Dict ..: the old name of a class.  nparams: how many arguments it takes, -1 for any number."""

    def __init__(self, origin, nparams, *, inst=True, name=None):
        super().__init__(origin, inst=inst, name=name or origin.__name__)
        self._nparams = nparams
        self.__doc__ = f'A generic version of {_type_repr(origin)}.'

    @_tp_cache
    def __getitem__(self, params):
        params = tuple([_type_check(p, 'Parameters to generic types must be types.') for p in _as_tuple(params)])
        if self._nparams == 0:
            raise TypeError(f'{self} is not a generic class')
        _check_count(self, len(params), self._nparams)
        return self.copy_with(params)

    def copy_with(self, params):
        return _GenericAlias(self.__origin__, params, name=self._name, inst=self._inst)

    def __repr__(self):
        return f'typing.{self._name}'

    def __reduce__(self):
        return self._name

    def __subclasscheck__(self, cls):
        if isinstance(cls, _GenericAlias):
            return super().__subclasscheck__(cls)
        return issubclass(cls.__origin__ if isinstance(cls, _SpecialGenericAlias) else cls, self.__origin__)


class _CallableGenericAlias(_NotIterable, _GenericAlias, _root=True):
    """Callable[[a, b], r], with the flat __args__ (a, b, r)."""

    def __repr__(self):
        args = self.__args__
        if not _is_flat_callable(self, args):
            return super().__repr__()
        return f'typing.Callable[[{_list_types(args[:-1])}], {_type_repr(args[-1])}]'

    def __reduce__(self):
        args = self.__args__
        return operator.getitem, (Callable, _unflattened(args) if _is_flat_callable(self, args) else args)


class _CallableType(_SpecialGenericAlias, _root=True):
    def copy_with(self, params):
        return _CallableGenericAlias(self.__origin__, params, name=self._name, inst=self._inst)

    def __getitem__(self, params):
        if not (isinstance(params, tuple) and len(params) == 2):
            raise TypeError('Callable must be used as Callable[[arg, ...], result].')
        args, result = params
        return self._made(tuple(args) if isinstance(args, list) else args, result)

    @_tp_cache
    def _made(self, args, result):
        result = _type_check(result, 'Callable[args, result]: result must be a type.')
        return self.copy_with((*[_type_convert(arg) for arg in _as_tuple(args)], result))

    # As _tp_cache, on the class: a plain name would be looked for in __origin__ otherwise.


class _TupleType(_SpecialGenericAlias, _root=True):
    @_tp_cache
    def __getitem__(self, params):
        params = _as_tuple(params)
        if len(params) > 1 and params[-1] is ...:
            first = [_type_check(p, 'Tuple[t, ...]: t must be a type.') for p in params[:-1]]
            return self.copy_with((*first, ...))
        return self.copy_with(tuple([_type_check(p, 'Tuple[t0, t1, ...]: each t must be a type.') for p in params]))


class _UnionGenericAlias(_NotIterable, _GenericAlias, _root=True):
    def copy_with(self, params):
        return Union[params]

    def __eq__(self, other):
        if isinstance(other, (_UnionGenericAlias, types.UnionType)):
            return {*self.__args__} == {*other.__args__}
        return NotImplemented

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and types.NoneType in args:
            return f'typing.Optional[{_type_repr(args[args[0] is types.NoneType])}]'
        return super().__repr__()

    def __subclasscheck__(self, cls):
        return any(issubclass(cls, arg) for arg in self.__args__)

    def __reduce__(self):
        getitem, (_, args) = super().__reduce__()
        return getitem, (Union, args)


class _LiteralGenericAlias(_GenericAlias, _root=True):
    def __eq__(self, other):
        if isinstance(other, _LiteralGenericAlias):
            return {*_with_types(self.__args__)} == {*_with_types(other.__args__)}
        return NotImplemented

    def __hash__(self):
        return hash(frozenset(_with_types(self.__args__)))


class _ConcatenateGenericAlias(_GenericAlias, _root=True):
    def copy_with(self, params):
        *first, last = params
        if isinstance(last, (tuple, list)):
            return (*first, *last)
        if isinstance(last, _ConcatenateGenericAlias):
            params = (*first, *last.__args__)
        return super().copy_with(params)


class _UnpackGenericAlias(_GenericAlias, _root=True):
    def __repr__(self):
        return f'*{self.__args__[0]!r}'

    def __getitem__(self, args):
        return args if self.__typing_is_unpacked_typevartuple__ else super().__getitem__(args)

    @property
    def __typing_unpacked_tuple_args__(self):
        inner = self.__args__[0]
        if not isinstance(inner, (_GenericAlias, GenericAlias)):
            return None
        if inner.__origin__ is not tuple:
            raise TypeError('Unpack[...] must be used with a tuple type')
        return inner.__args__

    @property
    def __typing_is_unpacked_typevartuple__(self):
        return isinstance(self.__args__[0], TypeVarTuple)


class _AnnotatedAlias(_NotIterable, _GenericAlias, _root=True):
    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            origin, metadata = origin.__origin__, origin.__metadata__ + metadata
        super().__init__(origin, origin)
        self.__metadata__ = metadata

    def copy_with(self, params):
        origin, = params
        return _AnnotatedAlias(origin, self.__metadata__)

    def __repr__(self):
        return f"typing.Annotated[{_type_repr(self.__origin__)}, {', '.join(map(repr, self.__metadata__))}]"

    def __reduce__(self):
        return operator.getitem, (Annotated, (self.__origin__, *self.__metadata__))

    def __eq__(self, other):
        if isinstance(other, _AnnotatedAlias):
            return (self.__origin__, self.__metadata__) == (other.__origin__, other.__metadata__)
        return NotImplemented

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __getattr__(self, name):
        return 'Annotated' if name in ('__name__', '__qualname__') else super().__getattr__(name)


class Annotated:
    """Annotated[T, x, ...]: the type T with more to say about it."""
    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        raise TypeError('Type Annotated cannot be instantiated.')

    def __init_subclass__(cls, *args, **kwargs):
        raise TypeError(f'Cannot subclass {cls.__module__}.Annotated')

    @_tp_cache
    def __class_getitem__(cls, params):
        if len(_as_tuple(params)) < 2:
            raise TypeError('Annotated[...] should be used with at least two arguments (a type and an annotation).')
        what, *metadata = params
        if _is_unpacked_typevartuple(what):
            raise TypeError('Annotated[...] should not be used with an unpacked TypeVarTuple')
        what = _type_check(what, 'Annotated[t, ...]: t must be a type.', allow_special_forms=True)
        return _AnnotatedAlias(what, tuple(metadata))


# ---- Generic ----

class Generic:
    """Base of classes with type parameters: class C(Generic[T])."""
    __slots__ = ()
    _is_protocol = False

    @_tp_cache
    def __class_getitem__(cls, params):
        """C[params]; Generic[T] in the bases of a class declares its parameters."""
        params = tuple([_type_convert(p) for p in _as_tuple(params)])
        if cls is Generic or cls is Protocol:
            _check_declared(cls, params)
        elif not cls.__parameters__:
            raise TypeError(f'{cls} is not a generic class')
        else:
            params = _chosen(cls.__parameters__, _assign(cls, cls.__parameters__, params))
        return _GenericAlias(cls, params)

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        written = cls.__dict__.get('__orig_bases__')
        if written is None:
            is_plain = Generic in cls.__bases__ and cls.__name__ != 'Protocol' and type(cls) is not _TypedDictMeta
        else:
            is_plain = Generic in written
        if is_plain:
            raise TypeError('Cannot inherit from plain Generic')
        cls.__parameters__ = _class_parameters(written) if written else ()


def _check_declared(cls, params):
    if not params:
        raise TypeError(f'Parameter list to {cls.__qualname__}[...] cannot be empty')
    if not all([isinstance(p, (TypeVar, ParamSpec)) or _is_unpacked_typevartuple(p) for p in params]):
        raise TypeError(f'Parameters to {cls.__name__}[...] must all be type variables or parameter specification variables.')
    if len({*params}) < len(params):
        raise TypeError(f'Parameters to {cls.__name__}[...] must all be unique')


def _class_parameters(bases):
    """The type variables of a class with these bases: those of Generic[...] if that is there, else all in order."""
    used = _collect_parameters(bases)
    declared = [base.__parameters__ for base in bases if isinstance(base, _GenericAlias) and base.__origin__ is Generic]
    if not declared:
        return used
    if len(declared) > 1:
        raise TypeError('Cannot inherit from Generic[...] multiple types.')
    missing = [t for t in used if t not in declared[0]]
    if missing:
        raise TypeError(f"Some type variables ({', '.join(map(str, missing))}) are not listed in "
                        f"Generic[{', '.join(map(str, declared[0]))}]")
    return declared[0]


# ---- Protocol ----

_not_members = frozenset('''__parameters__ __orig_bases__ __orig_class__ _is_protocol _is_runtime_protocol __abstractmethods__
__annotations__ __dict__ __doc__ __init__ __module__ __new__ __slots__ __subclasshook__ __weakref__ __class_getitem__
_MutableMapping__marker'''.split())


def _get_protocol_attrs(cls):
    """The members that a class needs to satisfy the protocol."""
    names = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ not in ('Protocol', 'Generic'):
            names.update(base.__dict__, getattr(base, '__annotations__', ()))
    return {name for name in names - _not_members if not name.startswith('_abc_')}


def _has_methods_only(cls):
    return all(callable(getattr(cls, name, None)) for name in _get_protocol_attrs(cls))


def _asked_by_library(depth):
    """Whether the check of a protocol comes from abc or functools, which ask without meaning it."""
    return _calling_module(depth + 1) in ('abc', 'functools', None)


_NOT_RUNTIME = 'Instance and class checks can only be used with @runtime_checkable protocols'


class _ProtocolMeta(ABCMeta):
    def __instancecheck__(cls, instance):
        if not getattr(cls, '_is_protocol', False):
            return issubclass(instance.__class__, cls) or super().__instancecheck__(instance)
        if not getattr(cls, '_is_runtime_protocol', False) and not _asked_by_library(1):
            raise TypeError(_NOT_RUNTIME)
        if _has_methods_only(cls) and issubclass(instance.__class__, cls):
            return True
        return all([_has_member(instance, name, cls) for name in _get_protocol_attrs(cls)]) or super().__instancecheck__(instance)


def _has_member(instance, name, protocol):
    """A method that is None says that it is not supported."""
    if not hasattr(instance, name):
        return False
    return not callable(getattr(protocol, name, None)) or getattr(instance, name) is not None


def _class_has_member(cls, name):
    for base in cls.__mro__:
        if name in base.__dict__:
            return base.__dict__[name] is not None
        annotations = getattr(base, '__annotations__', {})
        if (isinstance(annotations, collections.abc.Mapping) and name in annotations
                and issubclass(cls, Generic) and cls._is_protocol):
            return True
    return False


def _subclass_hook(protocol):
    """The __subclasshook__ of a protocol: does a class have all the members?"""
    def hook(cls):
        if not protocol.__dict__.get('_is_protocol', False):
            return NotImplemented
        if not getattr(protocol, '_is_runtime_protocol', False):
            problem = _NOT_RUNTIME
        elif not _has_methods_only(protocol):
            problem = "Protocols with non-method members don't support issubclass()"
        elif not isinstance(cls, type):
            raise TypeError('issubclass() arg 1 must be a class')
        else:
            return all([_class_has_member(cls, name) for name in _get_protocol_attrs(protocol)]) or NotImplemented
        if _asked_by_library(3):
            return NotImplemented
        raise TypeError(problem)

    return hook


def _protocol_init(self, *args, **kwargs):
    """The __init__ of protocols; in other classes it makes way for the next one of the MRO."""
    cls = type(self)
    if cls._is_protocol:
        raise TypeError('Protocols cannot be instantiated')
    if cls.__init__ is _protocol_init:
        inits = [base.__dict__['__init__'] for base in cls.__mro__ if '__init__' in base.__dict__]
        cls.__init__ = next(init for init in inits if init is not _protocol_init)
        cls.__init__(self, *args, **kwargs)


# Classes outside of typing that a protocol may be derived from.
_allowed_bases = {
    'collections.abc': '''Callable Awaitable Iterable Iterator AsyncIterable Hashable Sized Container Collection
                          Reversible'''.split(),
    'contextlib': ['AbstractContextManager', 'AbstractAsyncContextManager'],
}


class Protocol(Generic, metaclass=_ProtocolMeta):
    """Base of protocols: classes that say which members a type needs, without being inherited from."""
    __slots__ = ()
    _is_protocol, _is_runtime_protocol = True, False

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        own = cls.__dict__
        if not own.get('_is_protocol'):
            cls._is_protocol = Protocol in cls.__bases__
        if '__subclasshook__' not in own:
            cls.__subclasshook__ = _subclass_hook(cls)
        if cls._is_protocol:
            for base in cls.__bases__:
                if not _may_be_base(base):
                    raise TypeError(f'Protocols can only inherit from other protocols, got {base!r}')
            if cls.__init__ is Protocol.__init__:
                cls.__init__ = _protocol_init


def _may_be_base(cls):
    return (cls is object or cls is Generic or cls.__name__ in _allowed_bases.get(cls.__module__, ())
            or issubclass(cls, Generic) and cls._is_protocol)


def runtime_checkable(cls):
    """Let isinstance() and issubclass() look whether an object has the members of this protocol."""
    if not (issubclass(cls, Generic) and cls._is_protocol):
        raise TypeError('@runtime_checkable can be only applied to protocol classes, got %r' % cls)
    cls._is_runtime_protocol = True
    return cls


# ---- what only type checkers look at ----

def cast(typ, val):
    """val, which a type checker is to take for a typ."""
    return val


def assert_type(val, typ, /):
    """val, which a type checker is to find to be a typ."""
    return val


_ASSERT_NEVER_REPR_MAX_LENGTH = 100


def assert_never(arg, /):
    """For code that a type checker is to find unreachable."""
    shown = repr(arg)
    if len(shown) > _ASSERT_NEVER_REPR_MAX_LENGTH:
        shown = shown[:_ASSERT_NEVER_REPR_MAX_LENGTH] + '...'
    raise AssertionError(f'Expected code to be unreachable, but got: {shown}')


def reveal_type(obj, /):
    """Let a type checker show the type it finds; at run time the type goes to stderr."""
    print(f'Runtime type is {type(obj).__name__!r}', file=sys.stderr)
    return obj


def final(f):
    """Decorator: this method is not to be overridden, this class not to be derived from."""
    try:
        f.__final__ = True
    except (TypeError, AttributeError):
        pass  # built-in; nobody can mark it
    return f


def dataclass_transform(*, eq_default=True, order_default=False, kw_only_default=False, field_specifiers=(), **kwargs):
    """Decorator: what this decorates makes dataclass-like classes."""
    note = dict(eq_default=eq_default, order_default=order_default, kw_only_default=kw_only_default,
                field_specifiers=field_specifiers, kwargs=kwargs)

    def mark(maker):
        maker.__dataclass_transform__ = note
        return maker

    return mark


def no_type_check(arg):
    """Decorator: the annotations of this function or class are no type hints."""
    for name in dir(arg) if isinstance(arg, type) else ():
        part = getattr(arg, name)
        if _was_defined_in(part, arg):
            if isinstance(part, type):
                no_type_check(part)
            elif isinstance(part, (types.FunctionType, types.MethodType)):
                getattr(part, '__func__', part).__no_type_check__ = True
    try:
        setattr(arg, '__no_type_check__', True)
    except TypeError:
        pass  # a built-in class
    return arg


def _was_defined_in(part, cls):
    """Not inherited, and not from elsewhere."""
    try:
        return part.__qualname__ == f'{cls.__qualname__}.{part.__name__}' and part.__module__ == cls.__module__
    except AttributeError:
        return False


def no_type_check_decorator(decorator):
    """Decorator for decorators: what they make has no type hints."""
    @functools.wraps(decorator)
    def wrapped(*args, **kwds):
        return no_type_check(decorator(*args, **kwds))
    return wrapped


_overload_registry = collections.defaultdict(dict)  # (module, qualified name): {first line: function}


def _overload_key(func):
    func = getattr(func, '__func__', func)
    return func.__module__, func.__qualname__


def _overload_dummy(*args, **kwds):
    """What @overload leaves behind."""
    raise NotImplementedError('You should not call an overloaded function. A series of @overload-decorated functions '
                              'outside a stub module should always be followed by an implementation that is not @overload-ed.')


def overload(func):
    """Decorator: one of several signatures of the function that follows."""
    try:
        line = getattr(func, '__func__', func).__code__.co_firstlineno
        _overload_registry[_overload_key(func)][line] = func
    except AttributeError:
        pass  # no function: nothing to find it by
    return _overload_dummy


def get_overloads(func):
    """The overloads of func, in order."""
    return [*_overload_registry.get(_overload_key(func), {}).values()]


def clear_overloads():
    """Forget all overloads."""
    _overload_registry.clear()


# ---- asking ----

def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The annotations of obj, with strings evaluated; for a class those of its bases too."""
    if getattr(obj, '__no_type_check__', None):
        return {}
    hints = (_class_hints if isinstance(obj, type) else _other_hints)(obj, globalns, localns)
    return hints if include_extras else {name: _strip_annotations(hint) for name, hint in hints.items()}


def _evaluated(annotations, globalns, localns, **where):
    hints = {}
    for name, hint in annotations.items():
        hint = ForwardRef(hint, **where) if isinstance(hint, str) else _type_convert(hint)
        hints[name] = _eval_type(hint, globalns, localns)
    return hints


def _class_hints(cls, globalns, localns):
    hints = {}
    for base in reversed(cls.__mro__):
        annotations = base.__dict__.get('__annotations__', {})
        if isinstance(annotations, types.GetSetDescriptorType):
            continue
        outer = getattr(sys.modules.get(base.__module__), '__dict__', {}) if globalns is None else globalns
        inner = dict(vars(base)) if localns is None else localns
        if globalns is None and localns is None:
            # A name in the class body would hide the global one: look in the globals first.
            outer, inner = inner, outer
        hints.update(_evaluated(annotations, outer, inner, is_argument=False, is_class=True))
    return hints


def _other_hints(obj, globalns, localns):
    annotations = getattr(obj, '__annotations__', None)
    if annotations is None:
        if isinstance(obj, (types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.ModuleType,
                            types.WrapperDescriptorType, types.MethodWrapperType, types.MethodDescriptorType)):
            return {}
        raise TypeError(f'{obj!r} is not a module, class, method, or function.')
    if globalns is None:
        globalns = _globals_of(obj)
    is_module = isinstance(obj, types.ModuleType)
    return _evaluated(annotations, globalns, globalns if localns is None else localns, is_argument=not is_module)


def _globals_of(obj):
    if isinstance(obj, types.ModuleType):
        return vars(obj)
    while hasattr(obj, '__wrapped__'):
        obj = obj.__wrapped__
    return getattr(obj, '__globals__', {})


def _strip_annotations(t):
    """t without the Annotated, Required and NotRequired in it."""
    if isinstance(t, _AnnotatedAlias):
        return _strip_annotations(t.__origin__)
    if not isinstance(t, _compound):
        return t
    if get_origin(t) in (Required, NotRequired):
        return _strip_annotations(t.__args__[0])
    args = tuple([_strip_annotations(arg) for arg in t.__args__])
    return t if args == t.__args__ else _rebuilt(t, args)


def get_origin(tp):
    """What was subscripted to get tp: list for List[int], Union for Union[int, str], None for int."""
    if tp is Generic:
        return Generic
    if isinstance(tp, _AnnotatedAlias):
        return Annotated
    if isinstance(tp, types.UnionType):
        return types.UnionType
    if isinstance(tp, (_BaseGenericAlias, GenericAlias, _ParamSpecPart)):
        return tp.__origin__


def get_args(tp):
    """What tp was subscripted with."""
    if isinstance(tp, _AnnotatedAlias):
        return tp.__origin__, *tp.__metadata__
    if not isinstance(tp, _compound):
        return ()
    args = tp.__args__
    if not isinstance(tp, types.UnionType) and _is_flat_callable(tp, args):
        return _unflattened(args)
    return args


def is_typeddict(tp):
    """Whether tp is a class made by TypedDict."""
    return isinstance(tp, _TypedDictMeta)


# ---- the old names of classes ----

T, KT, VT = TypeVar('T'), TypeVar('KT'), TypeVar('VT')
T_co, V_co, VT_co = [TypeVar(_name, covariant=True) for _name in ('T_co', 'V_co', 'VT_co')]
T_contra = TypeVar('T_contra', contravariant=True)
CT_co = TypeVar('CT_co', covariant=True, bound=type)
AnyStr = TypeVar('AnyStr', bytes, str)

for _count, _names in enumerate(('Hashable Sized ByteString',
                                 '''Awaitable AsyncIterable AsyncIterator Iterable Iterator Reversible Container Collection
                                    MutableSet Sequence MutableSequence MappingView KeysView ValuesView''',
                                 'Mapping MutableMapping ItemsView AsyncGenerator',
                                 'Coroutine Generator')):
    for _name in _names.split():
        globals()[_name] = _SpecialGenericAlias(getattr(collections.abc, _name), _count)
AbstractSet = _SpecialGenericAlias(collections.abc.Set, 1, name='AbstractSet')
Callable = _CallableType(collections.abc.Callable, 2)

Tuple = _TupleType(tuple, -1, inst=False, name='Tuple')
List, Set, FrozenSet, Type = [_SpecialGenericAlias(_class, 1, inst=False, name=_name) for _class, _name in (
    (list, 'List'), (set, 'Set'), (frozenset, 'FrozenSet'), (type, 'Type'))]
Dict = _SpecialGenericAlias(dict, 2, inst=False, name='Dict')

Counter, Deque = _SpecialGenericAlias(collections.Counter, 1), _SpecialGenericAlias(collections.deque, 1, name='Deque')
DefaultDict = _SpecialGenericAlias(collections.defaultdict, 2, name='DefaultDict')
OrderedDict, ChainMap = _SpecialGenericAlias(collections.OrderedDict, 2), _SpecialGenericAlias(collections.ChainMap, 2)


def __getattr__(name):
    """ContextManager, AsyncContextManager, Pattern and Match need other modules: made when first asked for."""
    if name in ('Pattern', 'Match'):
        import re
        origin = getattr(re, name)
    elif name in ('ContextManager', 'AsyncContextManager'):
        import contextlib
        origin = getattr(contextlib, 'Abstract' + name)
    else:
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    alias = globals()[name] = _SpecialGenericAlias(origin, 1, name=name)
    return alias


# ---- protocols of one method, as __int__ ----

def _supports(name, method, result, base=Protocol, **defaults):
    """The runtime-checkable protocol with that one abstract method."""
    def body(namespace):
        def abstract(self):
            pass

        def abstract_round(self, ndigits: int = 0):
            pass

        function = abstract_round if method == '__round__' else abstract
        function.__name__, function.__qualname__ = method, f'{name}.{method}'
        function.__annotations__['return'] = result
        doc = f'An ABC with one abstract method {method}'
        namespace.update({'__module__': __name__, '__slots__': (), method: abstractmethod(function),
                          '__doc__': doc + ('.' if base is Protocol else ' that is covariant in its return type.')})

    return runtime_checkable(types.new_class(name, (base,), {}, body))


SupportsInt = _supports('SupportsInt', '__int__', int)
SupportsFloat = _supports('SupportsFloat', '__float__', float)
SupportsComplex = _supports('SupportsComplex', '__complex__', complex)
SupportsBytes = _supports('SupportsBytes', '__bytes__', bytes)
SupportsIndex = _supports('SupportsIndex', '__index__', int)
SupportsAbs = _supports('SupportsAbs', '__abs__', T_co, Protocol[T_co])
SupportsRound = _supports('SupportsRound', '__round__', T_co, Protocol[T_co])


# ---- NamedTuple ----

def _named_tuple(name, fields, module, defaults=()):
    fields = [(field, _type_check(hint, f'field {field} annotation must be a type')) for field, hint in fields]
    made = collections.namedtuple(name, [field for field, _ in fields], defaults=defaults, module=module)
    made.__annotations__ = made.__new__.__annotations__ = dict(fields)
    return made


_fixed = frozenset('''__new__ __init__ __slots__ __getnewargs__ _fields _field_defaults _field_types _make _replace _asdict
_source'''.split())


class NamedTupleMeta(type):
    """Makes a named tuple of the body of a class."""

    def __new__(cls, typename, bases, ns):
        if any([base is not _NamedTuple and base is not Generic for base in bases]):
            raise TypeError('can only inherit from a NamedTuple type and Generic')
        fields = ns.get('__annotations__', {})
        defaults = [field for field in fields if field in ns]
        _check_defaults([*fields], defaults)
        made = _named_tuple(typename, fields.items(), ns['__module__'], [ns[field] for field in defaults])
        made.__bases__ = tuple([tuple if base is _NamedTuple else base for base in bases])
        for name, value in ns.items():
            if name in _fixed:
                raise AttributeError(f'Cannot overwrite NamedTuple attribute {name}')
            if name not in fields and name not in ('__module__', '__name__', '__annotations__'):
                setattr(made, name, value)
        if Generic in bases:
            if '__class_getitem__' not in ns:
                made.__class_getitem__ = classmethod(Generic.__class_getitem__.__func__)
            made.__init_subclass__()
        return made


def _check_defaults(fields, defaults):
    for i, field in enumerate(fields):
        before = [name for name in fields[:i] if name in defaults]
        if before and field not in defaults:
            raise TypeError(f"Non-default namedtuple field {field} cannot follow default field{'s' if len(before) > 1 else ''} "
                            f"{', '.join(before)}")


def NamedTuple(typename, fields=None, /, **kwargs):
    """collections.namedtuple with types: a base class, or called with a list of (name, type).

    >>> class Employee(NamedTuple):
    ...     name: str
    ...     id: int = 3
    """
    if kwargs and fields is not None:
        raise TypeError('Either list of fields or keywords can be provided to NamedTuple, not both')
    return _named_tuple(typename, kwargs.items() if fields is None else fields, _calling_module())


_NamedTuple = type.__new__(NamedTupleMeta, 'NamedTuple', (), {})


def _named_tuple_bases(bases):
    assert NamedTuple in bases
    return (_NamedTuple,)


NamedTuple.__mro_entries__ = _named_tuple_bases


# ---- TypedDict ----

class _TypedDictMeta(type):
    def __new__(cls, name, bases, ns, total=True):
        """A dict class that knows its keys. Its bases are plain dict: instances are dicts."""
        for base in bases:
            if base is not Generic and type(base) is not _TypedDictMeta:
                raise TypeError('cannot inherit from both a TypedDict type and a non-TypedDict base class')
        generic = [Generic] if any(issubclass(base, Generic) for base in bases) else []
        made = type.__new__(_TypedDictMeta, name, (*generic, dict), ns)
        message = "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type"
        own = {key: _type_check(hint, message, module=made.__module__) for key, hint in ns.get('__annotations__', {}).items()}
        hints, required, optional = {}, set(), set()
        for base in bases:
            hints.update(base.__dict__.get('__annotations__', ()))
            required.update(base.__dict__.get('__required_keys__', ()))
            optional.update(base.__dict__.get('__optional_keys__', ()))
        for key, hint in own.items():
            (required if _is_required(hint, total) else optional).add(key)
        made.__annotations__ = {**hints, **own}
        made.__required_keys__, made.__optional_keys__ = frozenset(required), frozenset(optional)
        if not hasattr(made, '__total__'):
            made.__total__ = total
        return made

    __call__ = dict

    def __subclasscheck__(cls, other):
        raise TypeError('TypedDict does not support instance and class checks')

    __instancecheck__ = __subclasscheck__


def _is_required(hint, total):
    if isinstance(hint, _AnnotatedAlias):
        hint = hint.__origin__
    return {Required: True, NotRequired: False}.get(get_origin(hint), total)


def TypedDict(typename, fields=None, /, *, total=True, **kwargs):
    """A dict whose keys and their types are known.

    >>> class Point2D(TypedDict):
    ...     x: int
    ...     y: int
    """
    if kwargs and fields is not None:
        raise TypeError('TypedDict takes either a dict or keyword arguments, but not both')
    if kwargs:
        import warnings
        warnings.warn('The kwargs-based syntax for TypedDict definitions is deprecated in Python 3.11, will be removed in '
                      'Python 3.13, and may not be understood by third-party type checkers.', DeprecationWarning, stacklevel=2)
    namespace = {'__annotations__': dict(kwargs if fields is None else fields)}
    module = _calling_module()
    if module is not None:
        namespace['__module__'] = module
    return _TypedDictMeta(typename, (), namespace, total=total)


_TypedDict = type.__new__(_TypedDictMeta, 'TypedDict', (), {})
TypedDict.__mro_entries__ = lambda bases: (_TypedDict,)


# ---- NewType ----

class NewType(_OrMixin):
    """NewType('UserId', int): a name for a type; calling it returns its argument."""

    def __init__(self, name, tp):
        self.__qualname__, self.__name__, self.__supertype__ = name, name.rpartition('.')[2], tp
        module = _calling_module()
        if module != 'typing':
            self.__module__ = module

    def __call__(self, x):
        return x

    def __repr__(self):
        return f'{self.__module__}.{self.__qualname__}'

    def __reduce__(self):
        return self.__qualname__

    def __mro_entries__(self, bases):
        """A class that explains itself when it is derived from."""
        this = self.__name__

        class Explains:
            def __init_subclass__(cls):
                raise TypeError('Cannot subclass an instance of NewType. Perhaps you were looking for: '
                                f'`{cls.__name__} = NewType({cls.__name__!r}, {this})`')

        return (Explains,)


# ---- files ----

class IO(Generic[AnyStr]):
    """What open() returns; IO[str] and IO[bytes] are TextIO and BinaryIO."""
    __slots__ = ()


class BinaryIO(IO[bytes]):
    """Typed version of the return of open() in binary mode."""
    __slots__ = ()


class TextIO(IO[str]):
    """Typed version of the return of open() in text mode."""
    __slots__ = ()


def _abstract_members(cls, methods, properties=''):
    for name in (methods + ' ' + properties).split():
        def member(self, *args, **kwargs):
            pass

        member.__name__, member.__qualname__ = name, f'{cls.__name__}.{name}'
        abstractmethod(member)
        setattr(cls, name, property(member) if name in properties.split() else member)


_abstract_members(IO, '''close fileno flush isatty read readable readline readlines seek seekable tell truncate writable write
                         writelines __enter__ __exit__''', 'mode name closed')
_abstract_members(BinaryIO, '__enter__')
_abstract_members(TextIO, '__enter__', 'buffer encoding errors line_buffering newlines')
del _name, _names, _count
