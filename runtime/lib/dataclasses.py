"""dataclasses - classes written down as a list of fields (PEP 557).

@dataclass reads the annotations of the class body, makes a Field of each, and writes the source text of the
methods asked for; one exec() turns all of them into functions, as fast as if written by hand.
Keeps: the fields, inherited ones first, stand in cls.__dataclass_fields__ in order of definition.
Next: enum.py, typing.py.  This module imports little: inspect and copy only when they are needed.
"""
import sys
import keyword
import types
from abc import update_abstractmethods
from reprlib import recursive_repr as _recursive_repr
from types import FunctionType, GenericAlias

__all__ = ['dataclass', 'field', 'Field', 'FrozenInstanceError', 'InitVar', 'KW_ONLY', 'MISSING',
           'fields', 'asdict', 'astuple', 'make_dataclass', 'replace', 'is_dataclass']


class FrozenInstanceError(AttributeError):
    pass


class _HAS_DEFAULT_FACTORY_CLASS:
    """The default shown in __init__'s signature for a field with a default_factory."""

    def __repr__(self):
        return '<factory>'


_HAS_DEFAULT_FACTORY = _HAS_DEFAULT_FACTORY_CLASS()


class _MISSING_TYPE:
    pass


MISSING = _MISSING_TYPE()


class _KW_ONLY_TYPE:
    pass


KW_ONLY = _KW_ONLY_TYPE()
_EMPTY_METADATA = types.MappingProxyType({})


class _FIELD_BASE:
    """The kind of a field."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_FIELD = _FIELD_BASE('_FIELD')
_FIELD_CLASSVAR = _FIELD_BASE('_FIELD_CLASSVAR')
_FIELD_INITVAR = _FIELD_BASE('_FIELD_INITVAR')
_FIELDS = '__dataclass_fields__'
_PARAMS = '__dataclass_params__'
_POST_INIT_NAME = '__post_init__'


class InitVar:
    """InitVar[type] marks an argument of __init__ that is handed to __post_init__ and not kept."""
    __slots__ = ('type',)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        if isinstance(self.type, type) and not isinstance(self.type, GenericAlias):
            type_name = self.type.__name__
        else:
            type_name = repr(self.type)
        return f'dataclasses.InitVar[{type_name}]'

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    """One field of a dataclass; made by field()."""
    __slots__ = ('name', 'type', 'default', 'default_factory', 'repr', 'hash', 'init', 'compare', 'metadata',
                 'kw_only', '_field_type')

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = _EMPTY_METADATA if metadata is None else types.MappingProxyType(metadata)
        self.kw_only = kw_only
        self._field_type = None

    @_recursive_repr()
    def __repr__(self):
        names = ('name', 'type', 'default', 'default_factory', 'init', 'repr', 'hash', 'compare', 'metadata',
                 'kw_only', '_field_type')
        return 'Field(' + ','.join(f'{name}={getattr(self, name)!r}' for name in names) + ')'

    def __set_name__(self, owner, name):
        """Pass __set_name__ on to a default that is a descriptor."""
        func = getattr(type(self.default), '__set_name__', None)
        if func:
            func(self.default, owner, name)

    __class_getitem__ = classmethod(GenericAlias)


class _DataclassParams:
    __slots__ = ('init', 'repr', 'eq', 'order', 'unsafe_hash', 'frozen')

    def __init__(self, init, repr, eq, order, unsafe_hash, frozen):
        self.init, self.repr, self.eq = init, repr, eq
        self.order, self.unsafe_hash, self.frozen = order, unsafe_hash, frozen

    def __repr__(self):
        return '_DataclassParams(' + ','.join(f'{name}={getattr(self, name)!r}' for name in self.__slots__) + ')'


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True,
          metadata=None, kw_only=MISSING):
    """Say more about a field than its type and default."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


# Writing the methods

class _Writer:
    """Collects source text of functions, then makes them all with one exec()."""

    def __init__(self, globals):
        self.globals = globals
        self.locals = {'MISSING': MISSING, '_HAS_DEFAULT_FACTORY': _HAS_DEFAULT_FACTORY,
                       '__dataclass_builtins_object__': object}
        self.names = []
        self.lines = []

    def function(self, name, args, body, returns=False):
        self.names.append(name)
        self.lines.append(f'  def {name}({", ".join(args)}){"->__dataclass_return_type__" if returns else ""}:')
        self.lines += ['   ' + line for line in body]

    def make(self):
        """{name: function}, with self.locals as their closure."""
        self.locals['__dataclass_return_type__'] = None
        text = '\n'.join([f'def __create_fn__({", ".join(self.locals)}):', *self.lines,
                          f'  return ({", ".join(self.names)},)'])
        namespace = {}
        exec(text, self.globals, namespace)
        return dict(zip(self.names, namespace['__create_fn__'](**self.locals)))


def _tuple_str(obj_name, fields):
    """The source of a tuple of the fields of obj_name: '(self.x,self.y,)'"""
    return f'({",".join([f"{obj_name}.{f.name}" for f in fields])},)' if fields else '()'


def _write_init(writer, fields, std_fields, kw_only_fields, frozen, has_post_init, self_name, has_slots):
    seen_default = False
    for f in std_fields:
        if f.init:
            if not (f.default is MISSING and f.default_factory is MISSING):
                seen_default = True
            elif seen_default:
                raise TypeError(f'non-default argument {f.name!r} follows default argument')
    body = []
    for f in fields:
        line = _init_line(f, frozen, writer.locals, self_name, has_slots)
        if line:
            body.append(line)
    if has_post_init:
        params = ','.join(f.name for f in fields if f._field_type is _FIELD_INITVAR)
        body.append(f'{self_name}.{_POST_INIT_NAME}({params})')
    args = [self_name] + [_init_param(f, writer.locals) for f in std_fields if f.init]
    if kw_only_fields:
        args += ['*'] + [_init_param(f, writer.locals) for f in kw_only_fields]
    writer.function('__init__', args, body or ['pass'], returns=True)


def _init_param(f, names):
    names[f'_type_{f.name}'] = f.type
    if f.default is MISSING and f.default_factory is MISSING:
        default = ''
    elif f.default is not MISSING:
        names[f'_dflt_{f.name}'] = f.default
        default = f'=_dflt_{f.name}'
    else:
        default = '=_HAS_DEFAULT_FACTORY'
    return f'{f.name}:_type_{f.name}{default}'


def _init_line(f, frozen, names, self_name, has_slots):
    """The line of __init__ that sets field f, or None."""
    default_name = f'_dflt_{f.name}'
    if f.default_factory is not MISSING:
        names[default_name] = f.default_factory
        value = f'{default_name}()'
        if f.init:
            value += f' if {f.name} is _HAS_DEFAULT_FACTORY else {f.name}'
    elif f.init:
        value = f.name
    elif has_slots and f.default is not MISSING:
        names[default_name] = f.default
        value = default_name
    else:
        return None
    if f._field_type is _FIELD_INITVAR:
        return None
    if frozen:
        return f'__dataclass_builtins_object__.__setattr__({self_name},{f.name!r},{value})'
    return f'{self_name}.{f.name}={value}'


def _write_frozen(writer, cls, fields):
    writer.locals.update(cls=cls, FrozenInstanceError=FrozenInstanceError)
    names = '(' + ','.join(repr(f.name) for f in fields) + ',)' if fields else '()'
    for method, args, verb in (('__setattr__', ('name', 'value'), 'assign to'), ('__delattr__', ('name',), 'delete')):
        writer.function(method, ('self', *args), (
            f'if type(self) is cls or name in {names}:',
            f' raise FrozenInstanceError(f"cannot {verb} field {{name!r}}")',
            f'super(cls, self).{method}({", ".join(args)})'))


def _write_repr(writer, fields):
    text = ', '.join([f'{f.name}={{self.{f.name}!r}}' for f in fields])
    writer.function('__repr__', ('self',), [f'return self.__class__.__qualname__ + f"({text})"'])


def _write_compare(writer, name, op, fields):
    writer.function(name, ('self', 'other'), (
        'if other.__class__ is self.__class__:',
        f' return {_tuple_str("self", fields)}{op}{_tuple_str("other", fields)}',
        'return NotImplemented'))


def _write_hash(writer, fields):
    writer.function('__hash__', ('self',), [f'return hash({_tuple_str("self", fields)})'])


# Reading the class body

def _string_annotation_is(annotation, cls, module_name, test):
    """Does a string annotation such as 'ClassVar[int]' or 'typing.ClassVar' name what test(value) looks for?"""
    module, dot, rest = annotation.partition('.')
    module = module.strip()
    if dot and module.isidentifier():
        found = sys.modules.get(cls.__module__).__dict__.get(module)
        if found is None or found is not sys.modules.get(module_name):
            return False
        ns = found.__dict__
    else:
        ns = sys.modules.get(cls.__module__).__dict__
        rest = annotation
    rest = rest.lstrip()
    at = 0
    while at < len(rest) and (rest[at].isalnum() or rest[at] == '_'):
        at += 1
    name = rest[:at]
    return bool(name) and test(ns.get(name))


def _is_classvar(a_type, typing):
    return a_type is typing.ClassVar or type(a_type) is typing._GenericAlias and a_type.__origin__ is typing.ClassVar


def _is_initvar(a_type):
    return a_type is InitVar or type(a_type) is InitVar


def _is_kw_only(a_type):
    return a_type is KW_ONLY


def _get_field(cls, a_name, a_type, default_kw_only):
    """The Field for one annotation."""
    default = getattr(cls, a_name, MISSING)
    if isinstance(default, Field):
        f = default
    else:
        if isinstance(default, types.MemberDescriptorType):
            default = MISSING  # a slot, not a default
        f = field(default=default)
    f.name = a_name
    f.type = a_type
    f._field_type = _FIELD
    typing = sys.modules.get('typing')
    if typing and (_is_classvar(a_type, typing) or isinstance(f.type, str) and _string_annotation_is(
            f.type, cls, 'typing', lambda t: _is_classvar(t, typing))):
        f._field_type = _FIELD_CLASSVAR
    if f._field_type is _FIELD and (_is_initvar(a_type) or isinstance(f.type, str) and _string_annotation_is(
            f.type, cls, 'dataclasses', _is_initvar)):
        f._field_type = _FIELD_INITVAR
    if f._field_type in (_FIELD_CLASSVAR, _FIELD_INITVAR):
        if f.default_factory is not MISSING:
            raise TypeError(f'field {f.name} cannot have a default factory')
    if f._field_type in (_FIELD, _FIELD_INITVAR):
        if f.kw_only is MISSING:
            f.kw_only = default_kw_only
    elif f.kw_only is not MISSING:
        raise TypeError(f'field {f.name} is a ClassVar but specifies kw_only')
    if f._field_type is _FIELD and f.default.__class__.__hash__ is None:
        raise ValueError(f'mutable default {type(f.default)} for field {f.name} is not allowed: use default_factory')
    return f


def _set_new_attribute(cls, name, value):
    """Set cls.name unless the class body has it; True if it has."""
    if name in cls.__dict__:
        return True
    if isinstance(value, FunctionType):
        value.__qualname__ = f'{cls.__qualname__}.{value.__name__}'
    setattr(cls, name, value)
    return False


def _hash_action(unsafe_hash, eq, frozen, has_explicit_hash):
    """What becomes of __hash__: 'add' one, set it to 'none', raise 'error', or leave it (None)."""
    if unsafe_hash:
        return 'error' if has_explicit_hash else 'add'
    if not eq or has_explicit_hash:
        return None
    return 'add' if frozen else 'none'


def _collect_fields(cls, fields, kw_only):
    """Add the fields of the class body to the inherited ones; tidy the class attributes."""
    cls_annotations = cls.__dict__.get('__annotations__', {})
    cls_fields = []
    kw_only_seen = False
    for name, a_type in cls_annotations.items():
        if _is_kw_only(a_type) or isinstance(a_type, str) and _string_annotation_is(
                a_type, cls, 'dataclasses', _is_kw_only):
            if kw_only_seen:
                raise TypeError(f'{name!r} is KW_ONLY, but KW_ONLY has already been specified')
            kw_only_seen = True
            kw_only = True
        else:
            cls_fields.append(_get_field(cls, name, a_type, kw_only))
    for f in cls_fields:
        fields[f.name] = f
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in cls_annotations:
            raise TypeError(f'{name!r} is a field but has no type annotation')


def _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots, weakref_slot):
    fields = {}
    globals = sys.modules[cls.__module__].__dict__ if cls.__module__ in sys.modules else {}
    setattr(cls, _PARAMS, _DataclassParams(init, repr, eq, order, unsafe_hash, frozen))
    any_frozen_base = has_dataclass_bases = False
    for b in cls.__mro__[-1:0:-1]:
        base_fields = getattr(b, _FIELDS, None)
        if base_fields is not None:
            has_dataclass_bases = True
            for f in base_fields.values():
                fields[f.name] = f
            if getattr(b, _PARAMS).frozen:
                any_frozen_base = True
    _collect_fields(cls, fields, kw_only)
    if has_dataclass_bases:
        if any_frozen_base and not frozen:
            raise TypeError('cannot inherit non-frozen dataclass from a frozen one')
        if not any_frozen_base and frozen:
            raise TypeError('cannot inherit frozen dataclass from a non-frozen one')
    setattr(cls, _FIELDS, fields)

    class_hash = cls.__dict__.get('__hash__', MISSING)
    has_explicit_hash = not (class_hash is MISSING or class_hash is None and '__eq__' in cls.__dict__)
    if order and not eq:
        raise ValueError('eq must be true if order is true')
    init_fields = [f for f in fields.values() if f._field_type in (_FIELD, _FIELD_INITVAR)]
    std_init_fields = tuple(f for f in init_fields if f.init and not f.kw_only)
    kw_only_init_fields = tuple(f for f in init_fields if f.init and f.kw_only)
    field_list = [f for f in fields.values() if f._field_type is _FIELD]

    writer = _Writer(globals)
    if init:
        _write_init(writer, init_fields, std_init_fields, kw_only_init_fields, frozen, hasattr(cls, _POST_INIT_NAME),
                    '__dataclass_self__' if 'self' in fields else 'self', slots)
    if repr:
        _write_repr(writer, [f for f in field_list if f.repr])
    compared = [f for f in field_list if f.compare]
    if eq:
        _write_compare(writer, '__eq__', '==', compared)
    if order:
        for name, op in (('__lt__', '<'), ('__le__', '<='), ('__gt__', '>'), ('__ge__', '>=')):
            _write_compare(writer, name, op, compared)
    if frozen:
        _write_frozen(writer, cls, field_list)
    hash_action = _hash_action(unsafe_hash, eq, frozen, has_explicit_hash)
    if hash_action == 'add':
        _write_hash(writer, [f for f in field_list if (f.compare if f.hash is None else f.hash)])
    _install(cls, writer.make() if writer.names else {})
    if hash_action == 'none':
        cls.__hash__ = None
    elif hash_action == 'error':
        raise TypeError(f'Cannot overwrite attribute __hash__ in class {cls.__name__}')

    if not getattr(cls, '__doc__'):
        cls.__doc__ = cls.__name__ + _signature_text(cls, init, std_init_fields, kw_only_init_fields)
    if match_args:
        _set_new_attribute(cls, '__match_args__', tuple(f.name for f in std_init_fields))
    if slots:
        cls = _add_slots(cls, frozen, weakref_slot)
    elif weakref_slot:
        raise TypeError('weakref_slot is True but slots is False')
    update_abstractmethods(cls)
    return cls


def _install(cls, functions):
    if '__repr__' in functions:
        functions['__repr__'] = _recursive_repr()(functions['__repr__'])
    for name, function in functions.items():
        if name == '__hash__':
            function.__qualname__ = f'{cls.__qualname__}.__hash__'
            cls.__hash__ = function
        elif _set_new_attribute(cls, name, function):
            if name in ('__lt__', '__le__', '__gt__', '__ge__'):
                raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}. '
                                'Consider using functools.total_ordering')
            if name in ('__setattr__', '__delattr__'):
                raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}')


def _signature_text(cls, init, std_fields, kw_only_fields):
    """The signature for __doc__, as inspect.signature() would show it, but without importing inspect."""
    plain = (init and type(cls) is type and cls.__new__ is object.__new__
             and '__signature__' not in cls.__dict__ and cls.__init__.__module__ == cls.__module__
             and cls.__init__.__code__.co_filename == '<string>')
    if not plain:
        import inspect
        try:
            return str(inspect.signature(cls)).replace(' -> None', '')
        except (TypeError, ValueError):
            return ''
    params = [_param_text(f) for f in std_fields]
    if kw_only_fields:
        params += ['*'] + [_param_text(f) for f in kw_only_fields]
    return f'({", ".join(params)})'


def _param_text(f):
    text = f'{f.name}: {_annotation_text(f.type)}'
    if f.default is not MISSING:
        return f'{text} = {f.default!r}'
    return f'{text} = <factory>' if f.default_factory is not MISSING else text


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


# slots=True: the class is made anew, since __slots__ cannot be added to a finished one

def _dataclass_getstate(self):
    return [getattr(self, f.name) for f in fields(self)]


def _dataclass_setstate(self, state):
    for field, value in zip(fields(self), state):
        object.__setattr__(self, field.name, value)


def _get_slots(cls):
    slots = cls.__dict__.get('__slots__')
    if slots is None:
        return
    if isinstance(slots, str):
        yield slots
    elif not hasattr(slots, '__next__'):
        yield from slots
    else:
        raise TypeError(f"Slots of '{cls.__name__}' cannot be determined")


def _add_slots(cls, is_frozen, weakref_slot):
    if '__slots__' in cls.__dict__:
        raise TypeError(f'{cls.__name__} already specifies __slots__')
    cls_dict = dict(cls.__dict__)
    field_names = tuple(f.name for f in fields(cls))
    inherited = {slot for base in cls.__mro__[1:-1] for slot in _get_slots(base)}
    wanted = field_names + (('__weakref__',) if weakref_slot else ())
    cls_dict['__slots__'] = tuple(name for name in wanted if name not in inherited)
    for field_name in field_names:
        cls_dict.pop(field_name, None)
    cls_dict.pop('__dict__', None)
    cls_dict.pop('__weakref__', None)
    qualname = getattr(cls, '__qualname__', None)
    cls = type(cls)(cls.__name__, cls.__bases__, cls_dict)
    if qualname is not None:
        cls.__qualname__ = qualname
    if is_frozen:
        if '__getstate__' not in cls_dict:
            cls.__getstate__ = _dataclass_getstate
        if '__setstate__' not in cls_dict:
            cls.__setstate__ = _dataclass_setstate
    return cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False,
              match_args=True, kw_only=False, slots=False, weakref_slot=False):
    """Add the methods that follow from the fields of a class: __init__, __repr__, __eq__ and, if asked for, more."""
    def wrap(cls):
        return _process_class(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots,
                              weakref_slot)
    return wrap if cls is None else wrap(cls)


# Using dataclasses

def fields(class_or_instance):
    """The fields of a dataclass, as a tuple of Field objects."""
    try:
        fields = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError('must be called with a dataclass type or instance') from None
    return tuple(f for f in fields.values() if f._field_type is _FIELD)


def _is_dataclass_instance(obj):
    return hasattr(type(obj), _FIELDS)


def is_dataclass(obj):
    """True for a dataclass and for an instance of one."""
    cls = obj if isinstance(obj, type) else type(obj)
    return hasattr(cls, _FIELDS)


def asdict(obj, *, dict_factory=dict):
    """The instance as a dict of field names to values; dataclasses, lists, tuples and dicts in it are converted too."""
    if not _is_dataclass_instance(obj):
        raise TypeError('asdict() should be called on dataclass instances')
    return _convert(obj, lambda pairs: dict_factory(pairs), True)


def astuple(obj, *, tuple_factory=tuple):
    """The instance as a tuple of field values; dataclasses, lists, tuples and dicts in it are converted too."""
    if not _is_dataclass_instance(obj):
        raise TypeError('astuple() should be called on dataclass instances')
    return _convert(obj, tuple_factory, False)


def _convert(obj, factory, with_names):
    if _is_dataclass_instance(obj):
        result = []
        for f in fields(obj):
            value = _convert(getattr(obj, f.name), factory, with_names)
            result.append((f.name, value) if with_names else value)
        return factory(result)
    if isinstance(obj, tuple) and hasattr(obj, '_fields'):
        return type(obj)(*[_convert(v, factory, with_names) for v in obj])
    if isinstance(obj, (list, tuple)):
        return type(obj)(_convert(v, factory, with_names) for v in obj)
    if isinstance(obj, dict):
        pairs = ((_convert(k, factory, with_names), _convert(v, factory, with_names)) for k, v in obj.items())
        if hasattr(type(obj), 'default_factory'):
            result = type(obj)(obj.default_factory)
            for k, v in pairs:
                result[k] = v
            return result
        return type(obj)(pairs)
    if type(obj) in _immutable:
        return obj
    import copy
    return copy.deepcopy(obj)


_immutable = {int, float, str, bool, bytes, complex, type(None)}


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True, order=False,
                   unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False,
                   weakref_slot=False):
    """Make a dataclass at run time.  fields: names, (name, type) or (name, type, Field) items."""
    namespace = {} if namespace is None else namespace
    seen = set()
    annotations = {}
    defaults = {}
    for item in fields:
        if isinstance(item, str):
            name, tp = item, 'typing.Any'
        elif len(item) == 2:
            name, tp = item
        elif len(item) == 3:
            name, tp, spec = item
            defaults[name] = spec
        else:
            raise TypeError(f'Invalid field: {item!r}')
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f'Field names must be valid identifiers: {name!r}')
        if keyword.iskeyword(name):
            raise TypeError(f'Field names must not be keywords: {name!r}')
        if name in seen:
            raise TypeError(f'Field name duplicated: {name!r}')
        seen.add(name)
        annotations[name] = tp

    def exec_body(ns):
        ns.update(namespace)
        ns.update(defaults)
        ns['__annotations__'] = annotations

    cls = types.new_class(cls_name, bases, {}, exec_body)
    return dataclass(cls, init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen,
                     match_args=match_args, kw_only=kw_only, slots=slots, weakref_slot=weakref_slot)


def replace(obj, /, **changes):
    """A new object of the same class with some fields changed; __init__ and __post_init__ run again."""
    if not _is_dataclass_instance(obj):
        raise TypeError('replace() should be called on dataclass instances')
    for f in getattr(obj, _FIELDS).values():
        if f._field_type is _FIELD_CLASSVAR:
            continue
        if not f.init:
            if f.name in changes:
                raise ValueError(f'field {f.name} is declared with init=False, it cannot be specified with replace()')
            continue
        if f.name not in changes:
            if f._field_type is _FIELD_INITVAR and f.default is MISSING:
                raise ValueError(f'InitVar {f.name!r} must be specified with replace()')
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)
