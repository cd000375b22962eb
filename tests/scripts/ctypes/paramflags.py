# Foreign functions whose parameters have names, defaults and directions.
from ctypes import *
from ctypes.util import find_library

libm = CDLL(find_library("m"))
libc = CDLL(None)


def shows(what, f, *args, **named):
    try:
        print(what, f(*args, **named))
    except Exception as e:
        print(what, type(e).__name__, e)


frexp = CFUNCTYPE(c_double, c_double, POINTER(c_int))(("frexp", libm), ((1, "x"), (2, "exponent")))
shows("out", frexp, 10.0)
shows("named", frexp, x=10.0)
shows("missing", frexp)
shows("too many", frexp, 1.0, 2.0)
shows("unknown name", frexp, 1.0, y=3)

labs = CFUNCTYPE(c_long, c_long)(("labs", libc), ((1, "number", -7),))
shows("default", labs)
shows("given", labs, -8)
shows("by name", labs, number=-9)
zero = CFUNCTYPE(c_long, c_long)(("labs", libc), ((5, "number"),))
shows("zero", zero)

modf = CFUNCTYPE(c_double, c_double, POINTER(c_double))(("modf", libm), ((1,), (2,)))
shows("no names", modf, 2.75)
both = CFUNCTYPE(c_double, c_double, POINTER(c_double))(("modf", libm), ((1, "x"), (3, "whole")))
whole = c_double()
result = both(5.5, byref(whole))
print("in and out", type(result).__name__, whole.value)


def check(result, function, args):
    print("checked", result, len(args), args[0])
    return args


frexp.errcheck = check
shows("errcheck", frexp, 8.0)
frexp.errcheck = lambda result, function, args: "mine"
shows("errcheck", frexp, 8.0)

prototype = CFUNCTYPE(c_long, c_long)
for flags in (((2, "x"),), ((7, "x"),), ((1, 5),), (1,), ((1, "x"), (1, "y")), [(1, "x")], ((1, "x", 1, 1),)):
    shows(repr(flags), lambda: type(prototype(("labs", libc), flags)).__name__)
shows("none", lambda: prototype(("labs", libc), None)(-3))
