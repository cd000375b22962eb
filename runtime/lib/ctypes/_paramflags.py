"""Parameters of foreign functions with names, defaults and directions:

    CFUNCTYPE(c_double, c_double, POINTER(c_int))(("frexp", libm), ((1, "x"), (2, "exponent")))

Each parameter is (direction, name, default), the last two optional. What goes out is made here for the call, and is its result.
function.c asks check() when a function is made, call.c calls it by call().
"""
import _ctypes
from ctypes._classes import PyCArrayType, PyCFuncPtrType, PyCPointerType, PyCSimpleType

IN, OUT, ZERO = 1, 2, 4  # ZERO: with IN, left out it is 0
_ITEM = "paramflags must be a sequence of (int [,string [,value]]) tuples"


def _is_pointer(cls):
    return isinstance(cls, (PyCPointerType, PyCArrayType, PyCFuncPtrType)) or isinstance(cls, PyCSimpleType) and cls._type_ in "PzZ"


def check(flags, argtypes):
    if not isinstance(flags, tuple):
        raise TypeError("paramflags must be a tuple or None")
    if len(flags) != len(argtypes):
        raise ValueError("paramflags must have the same length as argtypes")
    for number, (item, cls) in enumerate(zip(flags, argtypes), 1):
        if not isinstance(item, tuple) or not 1 <= len(item) <= 3 or not isinstance(item[0], int):
            raise TypeError(_ITEM)
        if len(item) > 1 and not isinstance(item[1], (str, type(None))):
            raise TypeError(_ITEM)
        direction = item[0] & (IN | OUT | ZERO)
        if direction == OUT and not _is_pointer(cls):
            raise TypeError(f"'out' parameter {number} must be a pointer type, not {cls.__name__}")
        if direction not in (0, IN, OUT, IN | OUT, IN | ZERO):
            raise TypeError(f"paramflag value {item[0]} not supported")


class _Given:
    """The arguments of a call, taken one by one."""

    def __init__(self, args, named):
        self.args, self.named, self.used = args, named, 0

    def take(self, name, *default):
        """The next one: by position, by name, or the default."""
        if self.used < len(self.args):
            self.used += 1
            return self.args[self.used - 1]
        if name in self.named:
            self.used += 1
            return self.named[name]
        if default:
            return default[0]
        raise TypeError(f"required argument '{name}' missing" if name else "not enough arguments")

    def check_all_used(self):
        count = len(self.args) + len(self.named)
        if count != self.used:
            raise TypeError(f"call takes exactly {self.used} arguments ({count} given)")


def _new_result(cls):
    if isinstance(cls, PyCSimpleType):
        raise TypeError(f"{cls.__name__} 'out' parameter must be passed as default value")
    return cls() if isinstance(cls, PyCArrayType) else cls._type_()


def _from_out(value):
    convert = getattr(value, "__ctypes_from_outparam__", None)
    return value if convert is None else convert()


def call(function, /, *args, **named):
    given, values, outgoing = _Given(args, named), [], []
    for item, cls in zip(function._paramflags, function.argtypes):
        direction, name, default = item[0] & (IN | OUT | ZERO), item[1] if len(item) > 1 else None, item[2:]
        if direction == OUT:
            value = default[0] if default else _new_result(cls)
            outgoing.append((value, _from_out))
        else:
            value = given.take(name, *(default or ((0,) if direction & ZERO else ())))
            if direction & OUT:
                outgoing.append((value, lambda same: same))
        values.append(value)
    given.check_all_used()
    values = tuple(values)
    result = _ctypes.call(function, values)
    if function.errcheck is not None:
        checked = function.errcheck(result, function, values)
        if checked is not values:
            return checked
    if not outgoing:
        return result
    results = tuple(convert(value) for value, convert in outgoing)
    return results if len(results) > 1 else results[0]
