"""dataclasses - classes written down as a list of fields (PEP 557).

@dataclass reads the annotations of the class body, makes a Field of each, and writes the source text of the
methods asked for; one exec() turns all of them into functions, as fast as if written by hand.
Keeps: the fields, inherited ones first, stand in cls.__dataclass_fields__ in order of definition.
Next: enum.py, typing.py.  This module imports little: inspect and copy only when they are needed.
"""
import sys
from abc import update_abstractmethods
from reprlib import recursive_repr
from types import FunctionType, GenericAlias, MappingProxyType, MemberDescriptorType

__all__ = ['dataclass', 'field', 'Field', 'FrozenInstanceError', 'InitVar', 'KW_ONLY', 'MISSING',
           'fields', 'asdict', 'astuple', 'make_dataclass', 'replace', 'is_dataclass']


class FrozenInstanceError(AttributeError):
    """An attempt to change a field of a frozen dataclass."""


# ---- fields ----

class _Mark:
    """An object that stands for itself, by its text."""

    def __init__(self, text):
        self._text = text

    def __repr__(self):
        return self._text


class _MISSING_TYPE:
    """The type of MISSING: no default was given."""


class _KW_ONLY_TYPE:
    """The type of KW_ONLY: a field annotated with it says that those behind it are keyword arguments."""


MISSING, KW_ONLY = _MISSING_TYPE(), _KW_ONLY_TYPE()
_FACTORY = _Mark('<factory>')  # the default in the signature where a function makes it
_FIELD, _FIELD_CLASSVAR, _FIELD_INITVAR = map(_Mark, ('_FIELD', '_FIELD_CLASSVAR', '_FIELD_INITVAR'))  # kinds of fields
_FIELDS, _PARAMS = '__dataclass_fields__', '__dataclass_params__'
_NO_METADATA = MappingProxyType({})


class InitVar:
    """InitVar[type] marks an argument of __init__ that is handed to __post_init__ and not kept."""

    __slots__ = 'type',

    def __init__(self, type):
        self.type = type

    def __class_getitem__(cls, type):
        return cls(type)

    def __repr__(self):
        inner = self.type
        is_plain = isinstance(inner, type) and not isinstance(inner, GenericAlias)
        return f'dataclasses.InitVar[{inner.__name__ if is_plain else repr(inner)}]'


class Field:
    """One field of a dataclass; made by field()."""

    __slots__ = ('name', 'type', 'default', 'default_factory', 'repr', 'hash', 'init', 'compare', 'metadata', 'kw_only',
                 '_field_type')
    __class_getitem__ = classmethod(GenericAlias)

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = self.type = self._field_type = None  # the class tells
        self.default, self.default_factory, self.kw_only = default, default_factory, kw_only
        self.init, self.repr, self.hash, self.compare = init, repr, hash, compare
        self.metadata = _NO_METADATA if metadata is None else MappingProxyType(metadata)

    @recursive_repr()
    def __repr__(self):
        shown = ('name', 'type', 'default', 'default_factory', 'init', 'repr', 'hash', 'compare', 'metadata', 'kw_only',
                 '_field_type')
        return f'Field({_shown(self, shown)})'

    def __set_name__(self, owner, name):
        """Pass __set_name__ on to a default that is a descriptor."""
        tell = getattr(type(self.default), '__set_name__', None)
        if tell is not None:
            tell(self.default, owner, name)

    def _has_default(self):
        return self.default is not MISSING or self.default_factory is not MISSING


def _shown(obj, names):
    return ','.join([f'{name}={getattr(obj, name)!r}' for name in names])


class _DataclassParams:
    """What @dataclass was told, in cls.__dataclass_params__."""

    __slots__ = 'init', 'repr', 'eq', 'order', 'unsafe_hash', 'frozen'

    def __init__(self, *values):
        for name, value in zip(self.__slots__, values):
            setattr(self, name, value)

    def __repr__(self):
        return f'_DataclassParams({_shown(self, self.__slots__)})'


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True,
          metadata=None, kw_only=MISSING):
    """Say more about a field than its type and default."""
    if not (default is MISSING or default_factory is MISSING):
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


# ---- writing the methods ----

class _Writer:
    """Collects source text of functions, then makes them all with one exec()."""

    def __init__(self, module_names):
        self.globals, self.functions, self.lines = module_names, [], []
        self.locals = {'_FACTORY': _FACTORY, '__dataclass_builtins_object__': object}

    def function(self, name, args, body, returns=False):
        self.functions.append(name)
        result = '->__dataclass_return_type__' if returns else ''
        self.lines.append(f'  def {name}({", ".join(args)}){result}:')
        self.lines += ['   ' + line for line in body]

    def make(self):
        """{name: function}, with self.locals as their closure."""
        self.locals['__dataclass_return_type__'] = None
        text = '\n'.join([f'def __create_fn__({", ".join(self.locals)}):', *self.lines,
                          f'  return ({", ".join(self.functions)},)'])
        made = {}
        exec(text, self.globals, made)
        return dict(zip(self.functions, made['__create_fn__'](**self.locals)))


def _tuple_of(owner, chosen):
    """The source of a tuple of fields: '(self.x,self.y,)'"""
    return '(' + ''.join([f'{owner}.{each.name},' for each in chosen]) + ')'


def _write_init(writer, cls, all_fields, positional, keyword_only, frozen, has_slots):
    me = '__dataclass_self__' if any(each.name == 'self' for each in all_fields) else 'self'
    last = None
    for each in positional:
        if last is not None and not each._has_default():
            raise TypeError(f'non-default argument {each.name!r} follows default argument')
        last = each if each._has_default() else last
    body = [line for each in all_fields if (line := _assignment(each, me, frozen, has_slots, writer.locals))]
    if hasattr(cls, '__post_init__'):
        body.append(f'{me}.__post_init__({",".join([each.name for each in all_fields if each._field_type is _FIELD_INITVAR])})')
    params = [_parameter(each, writer.locals) for each in positional]
    if keyword_only:
        params += ['*', *(_parameter(each, writer.locals) for each in keyword_only)]
    writer.function('__init__', [me, *params], body or ['pass'], returns=True)


def _parameter(f, names):
    annotation, default = f'_type_{f.name}', ''
    names[annotation] = f.type
    if f.default is not MISSING:
        default = f'=_default_{f.name}'
        names[default[1:]] = f.default
    elif f.default_factory is not MISSING:
        default = '=_FACTORY'
    return f'{f.name}:{annotation}{default}'


def _assignment(f, me, frozen, has_slots, names):
    """The line of __init__ that sets the field, or None."""
    kept = f'_default_{f.name}'
    if f._field_type is _FIELD_INITVAR:
        return None
    if f.default_factory is not MISSING:
        names[kept] = f.default_factory
        value = f'{kept}() if {f.name} is _FACTORY else {f.name}' if f.init else f'{kept}()'
    elif f.init:
        value = f.name
    elif has_slots and f.default is not MISSING:  # else the class attribute does
        names[kept], value = f.default, kept
    else:
        return None
    return f'__dataclass_builtins_object__.__setattr__({me},{f.name!r},{value})' if frozen else f'{me}.{f.name}={value}'


def _write_frozen(writer, cls, chosen):
    writer.locals.update(cls=cls, FrozenInstanceError=FrozenInstanceError)
    names = '(' + ''.join([f'{each.name!r},' for each in chosen]) + ')'
    for method, args, verb in ('__setattr__', 'name, value', 'assign to'), ('__delattr__', 'name', 'delete'):
        writer.function(method, ['self', args], [
            f'if type(self) is cls or name in {names}:',
            f' raise FrozenInstanceError(f"cannot {verb} field {{name!r}}")',
            f'super(cls, self).{method}({args})'])


def _write_repr(writer, chosen):
    text = ', '.join([f'{each.name}={{self.{each.name}!r}}' for each in chosen])
    writer.function('__repr__', ['self'], [f'return self.__class__.__qualname__ + f"({text})"'])


def _write_compare(writer, name, sign, chosen):
    writer.function(name, ['self', 'other'], [
        'if other.__class__ is self.__class__:',
        f' return {_tuple_of("self", chosen)}{sign}{_tuple_of("other", chosen)}',
        'return NotImplemented'])


# ---- reading the class body ----

def _means(annotation, cls, module_name, is_meant):
    """Whether an annotation is meant, or a text such as 'ClassVar[int]' or 'typing.ClassVar' that names what is."""
    if is_meant(annotation):
        return True
    if not isinstance(annotation, str):
        return False
    names, rest = vars(sys.modules.get(cls.__module__)), annotation
    before, dot, after = annotation.partition('.')
    if dot and before.strip().isidentifier():
        module = names.get(before.strip())
        if module is None or module is not sys.modules.get(module_name):
            return False
        names, rest = vars(module), after
    rest, end = rest.lstrip(), 0
    while end < len(rest) and (rest[end] == '_' or rest[end].isalnum()):
        end += 1
    return end > 0 and is_meant(names.get(rest[:end]))


def _is_class_variable(annotation):
    typing = sys.modules.get('typing')
    if typing is None:
        return False
    return annotation is typing.ClassVar or \
        type(annotation) is typing._GenericAlias and annotation.__origin__ is typing.ClassVar


def _is_init_variable(annotation):
    return annotation is InitVar or type(annotation) is InitVar


def _kind(cls, annotation):
    if _means(annotation, cls, 'typing', _is_class_variable):
        return _FIELD_CLASSVAR
    return _FIELD_INITVAR if _means(annotation, cls, 'dataclasses', _is_init_variable) else _FIELD


def _field_of(cls, name, annotation, kw_only):
    """The Field for one annotation."""
    value = getattr(cls, name, MISSING)
    if isinstance(value, MemberDescriptorType):
        value = MISSING  # a slot, not a default
    made = value if isinstance(value, Field) else field(default=value)
    made.name, made.type, made._field_type = name, annotation, _kind(cls, annotation)
    if made._field_type is not _FIELD and made.default_factory is not MISSING:
        raise TypeError(f'field {name} cannot have a default factory')
    if made._field_type is not _FIELD_CLASSVAR:
        made.kw_only = kw_only if made.kw_only is MISSING else made.kw_only
    elif made.kw_only is not MISSING:
        raise TypeError(f'field {name} is a ClassVar but specifies kw_only')
    if made._field_type is _FIELD and type(made.default).__hash__ is None:
        raise ValueError(f'mutable default {type(made.default)} for field {name} is not allowed: use default_factory')
    return made


def _read_body(cls, kw_only):
    """The fields of the class body; what stands for them in the class is their default afterwards, or nothing."""
    annotations, found, divider = vars(cls).get('__annotations__', {}), [], None
    for name, annotation in annotations.items():
        if not _means(annotation, cls, 'dataclasses', lambda each: each is KW_ONLY):
            found.append(_field_of(cls, name, annotation, kw_only))
        elif divider is not None:
            raise TypeError(f'{name!r} is KW_ONLY, but KW_ONLY has already been specified')
        else:
            divider, kw_only = name, True
    for each in found:
        if isinstance(getattr(cls, each.name, None), Field):
            if each.default is not MISSING:
                setattr(cls, each.name, each.default)
            else:
                delattr(cls, each.name)
    for name, value in vars(cls).items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f'{name!r} is a field but has no type annotation')
    return found


def _inherited(cls, frozen):
    """The fields of the bases, {name: field}."""
    bases = [base for base in cls.__mro__[:0:-1] if hasattr(base, _FIELDS)]
    is_frozen = any(getattr(base, _PARAMS).frozen for base in bases)
    if bases and is_frozen and not frozen:
        raise TypeError('cannot inherit non-frozen dataclass from a frozen one')
    if bases and frozen and not is_frozen:
        raise TypeError('cannot inherit frozen dataclass from a non-frozen one')
    return {each.name: each for base in bases for each in getattr(base, _FIELDS).values()}


# ---- making the class ----

_ORDER = {'__lt__': '<', '__le__': '<=', '__gt__': '>', '__ge__': '>='}


def _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
    setattr(cls, _PARAMS, _DataclassParams(init, repr, eq, order, unsafe_hash, frozen))
    own = _read_body(cls, kw_only)
    all_fields = _inherited(cls, frozen)
    all_fields.update((each.name, each) for each in own)
    setattr(cls, _FIELDS, all_fields)
    if order and not eq:
        raise ValueError('eq must be true if order is true')
    given = vars(cls).get('__hash__', MISSING)
    has_hash = given is not MISSING and not (given is None and '__eq__' in vars(cls))  # None comes with an __eq__
    for_init = [each for each in all_fields.values() if each._field_type is not _FIELD_CLASSVAR]
    positional, keyword_only = ([each for each in for_init if each.init and bool(each.kw_only) is which]
                                for which in (False, True))
    kept = [each for each in for_init if each._field_type is _FIELD]
    compared = [each for each in kept if each.compare]

    writer = _Writer(vars(sys.modules[cls.__module__]) if cls.__module__ in sys.modules else {})
    if init:
        _write_init(writer, cls, for_init, positional, keyword_only, frozen, slots)
    if repr:
        _write_repr(writer, [each for each in kept if each.repr])
    if eq:
        _write_compare(writer, '__eq__', '==', compared)
    for name, sign in _ORDER.items() if order else ():
        _write_compare(writer, name, sign, compared)
    if frozen:
        _write_frozen(writer, cls, kept)
    if unsafe_hash and has_hash:
        raise TypeError(f'Cannot overwrite attribute __hash__ in class {cls.__name__}')
    if unsafe_hash or eq and frozen and not has_hash:
        hashed = [each for each in kept if (each.compare if each.hash is None else each.hash)]
        writer.function('__hash__', ['self'], [f'return hash({_tuple_of("self", hashed)})'])
    _install(cls, writer.make() if writer.functions else {})
    if eq and not (unsafe_hash or frozen or has_hash):
        cls.__hash__ = None

    if not cls.__doc__:
        cls.__doc__ = cls.__name__ + _signature_text(cls, init, positional, keyword_only)
    if match_args and '__match_args__' not in vars(cls):
        cls.__match_args__ = tuple([each.name for each in positional])
    if slots:
        cls = _with_slots(cls, frozen, weakref_slot)
    elif weakref_slot:
        raise TypeError('weakref_slot is True but slots is False')
    update_abstractmethods(cls)
    return cls


def _install(cls, functions):
    """Put the functions into the class, but for those that its body defines."""
    for name, function in functions.items():
        function.__qualname__ = f'{cls.__qualname__}.{name}'
        if name == '__hash__' or name not in vars(cls):
            setattr(cls, name, recursive_repr()(function) if name == '__repr__' else function)
        elif name in _ORDER:
            raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}. '
                            'Consider using functools.total_ordering')
        elif name in ('__setattr__', '__delattr__'):
            raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}')


def _signature_text(cls, init, positional, keyword_only):
    """The signature for __doc__, as inspect.signature() would show it, but without importing inspect."""
    is_plain = init and type(cls) is type and cls.__new__ is object.__new__ and '__signature__' not in vars(cls) \
        and cls.__init__.__module__ == cls.__module__ and cls.__init__.__code__.co_filename == '<string>'
    if is_plain:
        params = [*map(_shown_parameter, positional), *(['*'] if keyword_only else []), *map(_shown_parameter, keyword_only)]
        return f'({", ".join(params)})'
    import inspect
    try:
        return str(inspect.signature(cls)).replace(' -> None', '')
    except (TypeError, ValueError):
        return ''


def _shown_parameter(f):
    default = f' = {f.default!r}' if f.default is not MISSING else ' = <factory>' if f._has_default() else ''
    return f'{f.name}: {_annotation_text(f.type)}{default}'


def _without_typing(text):
    """Cut 'typing.' where a dotted name begins with it."""
    pieces = text.split('typing.')
    for i in range(len(pieces) - 1):
        before = pieces[i][-1:]
        if before.isalnum() or before in ('_', '.') and before:
            pieces[i] += 'typing.'
    return ''.join(pieces)


def _annotation_text(annotation):
    if getattr(annotation, '__module__', None) == 'typing':
        return _without_typing(repr(annotation))
    if isinstance(annotation, GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ == 'builtins':
            return annotation.__qualname__
        return f'{annotation.__module__}.{annotation.__qualname__}'
    return repr(annotation)


# ---- slots=True: the class is made anew, since __slots__ cannot be added to a finished one ----

def _get_state(self):
    return [getattr(self, each.name) for each in fields(self)]


def _set_state(self, state):
    for each, value in zip(fields(self), state):
        object.__setattr__(self, each.name, value)


def _slots_of(cls):
    slots = vars(cls).get('__slots__', ())
    if hasattr(slots, '__next__'):  # an iterator is used up
        raise TypeError(f"Slots of '{cls.__name__}' cannot be determined")
    return [slots] if isinstance(slots, str) else slots


def _with_slots(cls, frozen, weakref_slot):
    body = dict(vars(cls))
    if '__slots__' in body:
        raise TypeError(f'{cls.__name__} already specifies __slots__')
    names = [each.name for each in fields(cls)]
    inherited = {slot for base in cls.__mro__[1:-1] for slot in _slots_of(base)}
    for name in *names, '__dict__', '__weakref__':
        body.pop(name, None)
    wanted = names + ['__weakref__'] if weakref_slot else names
    body['__slots__'] = tuple([name for name in wanted if name not in inherited])
    if frozen:
        body.setdefault('__getstate__', _get_state)
        body.setdefault('__setstate__', _set_state)
    made = type(cls)(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    return made


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
              match_args=True, kw_only=False, slots=False, weakref_slot=False):
    """Add the methods that follow from the fields of a class: __init__, __repr__, __eq__ and, if asked for, more."""
    def make(cls):
        return _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot)

    return make if cls is None else make(cls)


# ---- using dataclasses ----

def fields(class_or_instance):
    """The fields of a dataclass, as a tuple of Field objects."""
    found = getattr(class_or_instance, _FIELDS, None)
    if found is None:
        raise TypeError('must be called with a dataclass type or instance') from None
    return tuple([each for each in found.values() if each._field_type is _FIELD])


def is_dataclass(obj):
    """True for a dataclass and for an instance of one."""
    return hasattr(obj if isinstance(obj, type) else type(obj), _FIELDS)


def _check_instance(obj, caller):
    if not hasattr(type(obj), _FIELDS):
        raise TypeError(f'{caller}() should be called on dataclass instances')


def asdict(obj, *, dict_factory=dict):
    """The instance as a dict of field names to values; dataclasses, lists, tuples and dicts in it are converted too."""
    _check_instance(obj, 'asdict')
    return _converted(obj, lambda items: dict_factory(items))


def astuple(obj, *, tuple_factory=tuple):
    """The instance as a tuple of field values; dataclasses, lists, tuples and dicts in it are converted too."""
    _check_instance(obj, 'astuple')
    return _converted(obj, lambda items: tuple_factory([value for _, value in items]))


_PLAIN = frozenset({int, float, str, bool, bytes, complex, type(None)})


def _converted(obj, make):
    """obj with all dataclasses in it replaced by make([(name, value), ...])."""
    kind = type(obj)
    if kind in _PLAIN:
        return obj
    if hasattr(kind, _FIELDS):
        return make([(each.name, _converted(getattr(obj, each.name), make)) for each in fields(obj)])
    if isinstance(obj, (list, tuple)):
        values = [_converted(value, make) for value in obj]
        return kind(*values) if hasattr(obj, '_fields') else kind(values)  # a named tuple takes them one by one
    if isinstance(obj, dict):
        items = [(_converted(key, make), _converted(value, make)) for key, value in obj.items()]
        if not hasattr(kind, 'default_factory'):
            return kind(items)
        made = kind(obj.default_factory)
        made.update(items)
        return made
    from copy import deepcopy
    return deepcopy(obj)


def replace(obj, /, **changes):
    """A new object of the same class with some fields changed; __init__ and __post_init__ run again."""
    _check_instance(obj, 'replace')
    for name, each in getattr(obj, _FIELDS).items():
        if each._field_type is _FIELD_CLASSVAR or each.init and name in changes:
            continue
        if name in changes:
            raise ValueError(f'field {name} is declared with init=False, it cannot be specified with replace()')
        if each.init:
            if each._field_type is _FIELD_INITVAR and each.default is MISSING:
                raise ValueError(f'InitVar {name!r} must be specified with replace()')
            changes[name] = getattr(obj, name)
    return type(obj)(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True, order=False,
                   unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False,
                   weakref_slot=False):
    """Make a dataclass at run time.  fields: names, (name, type) or (name, type, Field) items."""
    from keyword import iskeyword
    from types import new_class
    body, annotations = dict(namespace or {}), {}
    for item in fields:
        name, annotation, *rest = (item, 'typing.Any') if isinstance(item, str) else item if len(item) > 1 else (None, None, 0, 0)
        if len(rest) > 1:
            raise TypeError(f'Invalid field: {item!r}')
        if not (isinstance(name, str) and name.isidentifier()):
            raise TypeError(f'Field names must be valid identifiers: {name!r}')
        if iskeyword(name):
            raise TypeError(f'Field names must not be keywords: {name!r}')
        if name in annotations:
            raise TypeError(f'Field name duplicated: {name!r}')
        annotations[name] = annotation
        body.update((name, value) for value in rest)
    body['__annotations__'] = annotations
    made = new_class(cls_name, bases, {}, lambda names: names.update(body))
    return dataclass(made, init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen,
                     match_args=match_args, kw_only=kw_only, slots=slots, weakref_slot=weakref_slot)
