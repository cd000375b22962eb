"""copy - shallow and deep copies.

A deep copy keeps a memo from id() of what was copied to its copy, so shared and recursive structures stay so. The memo
holds the originals too, under its own id: or an id might come to stand for another object.
Next: copyreg.py, object.__reduce_ex__.
"""
import types as _types
from _weakref import ref as _ref
from copyreg import dispatch_table

__all__ = ['Error', 'copy', 'deepcopy']


class Error(Exception):
    """There is no way to copy this object."""


error = Error

_ATOMIC = frozenset({bool, int, float, complex, str, bytes, type, range, property, _ref, _types.NoneType,
                     _types.EllipsisType, _types.NotImplementedType, _types.FunctionType, _types.BuiltinFunctionType,
                     _types.CodeType})
_SHALLOW_ATOMIC = _ATOMIC | {tuple, frozenset, slice}
_SHALLOW = {kind: kind.copy for kind in (list, dict, set, bytearray)}


def copy(x):
    """A shallow copy of x."""
    cls = type(x)
    if cls in _SHALLOW_ATOMIC:
        return x
    make = _SHALLOW.get(cls)
    if make is None:
        if issubclass(cls, type):
            return x
        make = getattr(cls, '__copy__', None)
    if make is not None:
        return make(x)
    recipe = _recipe(x, cls)
    return x if isinstance(recipe, str) else _rebuild(x, None, *recipe)


def deepcopy(x, memo=None, _nil=[]):
    """A copy of x and of everything it holds."""
    cls = type(x)
    if cls in _ATOMIC:
        return x
    if memo is None:
        memo = {}
    known = memo.get(id(x), _nil)
    if known is not _nil:
        return known
    make = _DEEP.get(cls)
    if make is not None:
        made = make(x, memo)
    elif issubclass(cls, type):
        return x
    elif (make := getattr(x, '__deepcopy__', None)) is not None:
        made = make(memo)
    else:
        recipe = _recipe(x, cls)
        made = x if isinstance(recipe, str) else _rebuild(x, memo, *recipe)
    if made is not x:
        memo[id(x)] = made
        memo.setdefault(id(memo), []).append(x)
    return made


def _recipe(x, cls):
    """What an object is made from again: (callable, args[, state[, list items[, dict items]]]); a str if it is its own copy."""
    make = dispatch_table.get(cls)
    if make is not None:
        return make(x)
    make = getattr(x, '__reduce_ex__', None)
    if make is not None:
        return make(4)
    make = getattr(x, '__reduce__', None)
    if not make:
        raise Error(f'un(deep)copyable object of type {cls}')
    return make()


def _rebuild(x, memo, make, args, state=None, items=None, pairs=None):
    """The object that a recipe makes; memo: its parts are to be copied too."""
    if memo is None:
        def part(value):
            return value
    else:
        def part(value):
            return deepcopy(value, memo)
    made = make(*[part(arg) for arg in args])
    if memo is not None:
        memo[id(x)] = made  # before its parts, which may lead back to it
    if state is not None:
        _set_state(made, part(state))
    for item in items or ():
        made.append(part(item))
    for key, value in pairs or ():
        made[part(key)] = part(value)
    return made


def _set_state(made, state):
    if hasattr(made, '__setstate__'):
        made.__setstate__(state)
        return
    attributes, slots = state if isinstance(state, tuple) and len(state) == 2 else (state, None)
    if attributes is not None:
        made.__dict__.update(attributes)
    for name in slots or ():
        setattr(made, name, slots[name])


# What is known of the builtin containers: (original, memo) -> copy

def _deep_list(x, memo):
    memo[id(x)] = made = []
    for item in x:
        made.append(deepcopy(item, memo))
    return made


def _deep_dict(x, memo):
    memo[id(x)] = made = {}
    for key, value in x.items():
        made[deepcopy(key, memo)] = deepcopy(value, memo)
    return made


def _deep_tuple(x, memo):
    items = [deepcopy(item, memo) for item in x]
    if id(x) in memo:  # it holds itself: its copy was made on the way down
        return memo[id(x)]
    is_same = all(map(_is, items, x))
    return x if is_same else tuple(items)


def _is(a, b):
    return a is b


def _deep_method(x, memo):
    return type(x)(x.__func__, deepcopy(x.__self__, memo))


_DEEP = {list: _deep_list, dict: _deep_dict, tuple: _deep_tuple, _types.MethodType: _deep_method}
