# Foreign calls: conversion of arguments and results, wrong types and counts, variadic functions, errno.
from ctypes import *
import ctypes
import errno
import os

libc, libm = CDLL("libc.so.6"), CDLL("libm.so.6")

print(libc.abs(-5), libc.strlen(b"hello"), libc.toupper(ord("a")))
libm.pow.argtypes, libm.pow.restype = [c_double, c_double], c_double
print(libm.pow(2, 10), libm.pow(2.5, 2))
libc.strchr.restype = c_char_p
libc.strchr.argtypes = [c_char_p, c_char]
print(libc.strchr(b"abcdef", b"d"), libc.strchr(b"abc", b"x"))
libc.atol.restype = c_long
print(libc.atol(b"-1234567890123"))
libc.wcslen.restype = c_size_t
print(libc.wcslen("wide \N{SNOWMAN}"))
libc.labs.argtypes, libc.labs.restype = (c_long,), c_long
print(libc.labs(-2**40))

# variadic: argtypes name the fixed arguments, the others are converted by what they are
buffer = create_string_buffer(100)
print(libc.snprintf(buffer, 100, b"%d %s %.2f", 42, b"text", c_double(3.14159)), buffer.value)
libc.snprintf.argtypes = [c_char_p, c_size_t, c_char_p]
print(libc.snprintf(buffer, 100, b"%ld|%g", c_long(2**40), c_double(0.5)), buffer.value)


def shows(what, f, *args):
    try:
        print(what, f(*args))
    except Exception as e:
        print(what, type(e).__name__, e)


shows("count", libm.pow, 1.0)
shows("count", libm.pow)
shows("type", libm.pow, "x", 1.0)
shows("second", libm.pow, 1.0, None)
shows("any", libc.abs, 1.5)
shows("any", libc.abs, object)
shows("big", libc.abs, 2**70)
shows("long", libc.labs, "text")
shows("text", libc.strchr, 5, b"d")
shows("char", libc.strchr, b"abc", b"xy")
shows("missing", getattr, libc, "no_such_function_here")
shows("library", CDLL, "libdoesnotexist.so.9")
shows("restype", setattr, libc.abs, "restype", 5)
shows("argtypes", setattr, libc.abs, "argtypes", [5])
shows("argtypes", setattr, libc.abs, "argtypes", 5)
shows("errcheck", setattr, libc.abs, "errcheck", 5)
print(ArgumentError.__module__, ArgumentError.__mro__[1].__name__)

# restype may be any callable, None, or a class of one's own
f = CDLL(None)["abs"]
f.restype = lambda n: f"<{n}>"
print(f(-3))
f.restype = None
print(f(-3))


class MyInt(c_int):
    pass


f.restype = MyInt
r = f(-3)
print(type(r).__name__, r.value)


class Checked(c_int):
    def _check_retval_(value):
        raise ValueError(f"refused {value.value}")


def check(result, function, arguments):
    print("errcheck", result, function is g, arguments)
    return result * 10


g = CDLL(None)["abs"]
g.errcheck = check
print(g(-7))
del g.errcheck
print(g(-7))


class HasParameter:
    _as_parameter_ = -11


print(libc.abs(HasParameter()))


class Even:
    def __init__(self, n):
        self.n = n

    @classmethod
    def from_param(cls, value):
        if not isinstance(value, cls):
            raise TypeError("an Even, please")
        return c_int(value.n)


f = CDLL(None)["abs"]
f.argtypes = [Even]
print(f(Even(-8)))
shows("from_param", f, 3)

# errno: the thread's own copy
lib = CDLL(None, use_errno=True)
set_errno(0)
print(lib.close(-1), get_errno() == errno.EBADF, set_errno(3) == errno.EBADF, get_errno())
print(lib.getpid() == os.getpid())

# addresses and prototypes
prototype = CFUNCTYPE(c_int, c_int)
print(prototype(("abs", libc))(-9), prototype(cast(libc.abs, c_void_p).value)(-10))
print(CFUNCTYPE(c_int, c_int) is prototype, PYFUNCTYPE(c_int, c_int)(("abs", libc))(-4))
print(bool(prototype()), bool(libc.abs))
print(PyDLL("libc.so.6").abs(-6), cdll.LoadLibrary("libc.so.6").abs(-1))
print(c_int.in_dll(libc, "optind").value)
shows("in_dll", c_int.in_dll, libc, "no_such_variable_here")
print(ctypes.util.find_library("c") if hasattr(ctypes, "util") else __import__("ctypes.util").util.find_library("c"))
print(ctypes.util.find_library("surely-not-there"))
