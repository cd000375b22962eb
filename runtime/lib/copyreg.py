"""copyreg - how objects of a type are taken apart and put together again, for copy (and pickle).

object.__reduce_ex__() names functions of this module as what makes an object again: __newobj__, _reconstructor.
Next: copy.py.
"""
__all__ = ['pickle', 'constructor', 'add_extension', 'remove_extension', 'clear_extension_cache']

dispatch_table = {}  # type -> function(obj) -> (callable, args)


def pickle(ob_type, pickle_function, constructor_ob=None):
    """Use pickle_function(obj) -> (callable, args) for objects of ob_type."""
    if not callable(pickle_function):
        raise TypeError('reduction functions must be callable')
    if constructor_ob is not None:
        constructor(constructor_ob)
    dispatch_table[ob_type] = pickle_function


def constructor(object):
    """Check that this can make objects."""
    if not callable(object):
        raise TypeError('constructors must be callable')


def _take_complex_apart(number):
    return complex, (number.real, number.imag)


def _take_union_apart(union):
    from functools import reduce
    from operator import or_
    return reduce, (or_, union.__args__)


pickle(complex, _take_complex_apart, complex)
pickle(type(int | str), _take_union_apart)


# ---- what makes objects again ----

def __newobj__(cls, *args):
    return cls.__new__(cls, *args)


def __newobj_ex__(cls, args, kwargs):
    """The same, for classes with keyword-only arguments."""
    return cls.__new__(cls, *args, **kwargs)


def _reconstructor(cls, base, state):
    """An object of cls whose native base is made from state, as protocols 0 and 1 have it."""
    if base is object:
        return base.__new__(cls)
    made = base.__new__(cls, state)
    if base.__init__ is not object.__init__:
        base.__init__(made, state)
    return made


_DEFINED_BY_CLASS_STATEMENT = 1 << 9  # a bit of type.__flags__
_native_new = type(int.__new__)


def _native_base(cls):
    """The nearest base that is not defined by a class statement, or that has a native __new__."""
    for base in cls.__mro__:
        new = base.__new__
        if not getattr(base, '__flags__', -1) & _DEFINED_BY_CLASS_STATEMENT:
            return base
        if isinstance(new, _native_new) and new.__self__ is base:
            return base
    return object


def _reduce_ex(self, proto):
    """object.__reduce_ex__ for protocols 0 and 1."""
    assert proto < 2
    cls = self.__class__
    base = _native_base(cls)
    if base is cls and base is not object:
        raise TypeError(f'cannot pickle {cls.__name__!r} object')
    recipe = _reconstructor, (cls, base, None if base is object else base(self))
    has_slots = bool(getattr(self, '__slots__', None))
    get_state = getattr(self, '__getstate__', None)
    if get_state is None:
        if has_slots:
            raise TypeError(f'cannot pickle {cls.__name__!r} object: a class that defines __slots__ without '
                            f'defining __getstate__ cannot be pickled with protocol {proto}')
        state = getattr(self, '__dict__', None)
    elif has_slots and type(self).__getstate__ is object.__getstate__:
        raise TypeError('a class that defines __slots__ without defining __getstate__ cannot be pickled')
    else:
        state = get_state()
    return (*recipe, state) if state else recipe


def _slotnames(cls):
    """The names of all slots of a class and its bases, kept in cls.__slotnames__."""
    known = vars(cls).get('__slotnames__')
    if known is not None:
        return known
    names = []
    for base in cls.__mro__ if hasattr(cls, '__slots__') else ():
        slots = vars(base).get('__slots__', ())
        for slot in [slots] if isinstance(slots, str) else slots:
            if slot not in ('__dict__', '__weakref__'):
                names.append(_mangled(slot, base.__name__.lstrip('_')))
    try:
        cls.__slotnames__ = names
    except Exception:
        pass  # then it is found out each time
    return names


def _mangled(name, class_name):
    is_private = class_name and name.startswith('__') and not name.endswith('__')
    return f'_{class_name}{name}' if is_private else name


# ---- short codes for (module, name) ----

_extension_registry, _inverted_registry, _extension_cache = {}, {}, {}


def add_extension(module, name, code):
    """Give (module, name) the short code."""
    key, code = (module, name), int(code)
    if not 0 < code < 1 << 31:
        raise ValueError('code out of range')
    has, of = _extension_registry.get(key), _inverted_registry.get(code)
    if has == code and of == key:
        return
    if has is not None:
        raise ValueError(f'key {key} is already registered with code {has}')
    if of is not None:
        raise ValueError(f'code {code} is already in use for key {of}')
    _extension_registry[key], _inverted_registry[code] = code, key


def remove_extension(module, name, code):
    """Undo add_extension()."""
    key = module, name
    if (_extension_registry.get(key), _inverted_registry.get(code)) != (code, key):
        raise ValueError(f'key {key} is not registered with code {code}')
    del _extension_registry[key], _inverted_registry[code]
    _extension_cache.pop(code, None)


def clear_extension_cache():
    """Forget what codes have led to."""
    _extension_cache.clear()
