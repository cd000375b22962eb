# What memoryview shows of C data: format, shape, item size. Also whose the classes are that ctypes makes.
from ctypes import *


class Point(Structure):
    _fields_ = [("x", c_int), ("y", c_short)]


class Packed(Structure):
    _pack_ = 1
    _fields_ = [("x", c_int), ("y", c_short)]


class Either(Union):
    _fields_ = [("x", c_int), ("y", c_short)]


class Big(BigEndianStructure):
    _fields_ = [("x", c_int), ("y", c_short)]


class Nested(Structure):
    _fields_ = [("p", Point), ("q", c_int * 2 * 3), ("r", POINTER(c_long))]


def show(x):
    view = memoryview(x)
    print(type(x).__name__, view.format, view.itemsize, view.shape, view.strides, view.ndim, view.nbytes, view.readonly)


for cls in (c_byte, c_ubyte, c_short, c_ushort, c_int, c_uint, c_long, c_ulong, c_float, c_double, c_bool, c_char, c_char_p, c_void_p):
    show(cls())
show((c_int * 4)())
show((c_int * 4 * 2)())
show((c_char * 3)())
show((c_double * 0)())
show(create_string_buffer(b"abc"))
show(Packed())
show(Either())
show((Packed * 2)())
show(pointer(c_int(5)))
show(c_int.__ctype_be__(5))
show(Big())

v = memoryview((c_int * 3)(1, 2, 3))
try:
    print(v[0])
except NotImplementedError as e:
    print(e)
print(v.tobytes().hex(), v.cast("B").cast("i").tolist())
print((c_int * 2).__module__, POINTER(c_int).__module__, POINTER("Unknown").__module__, c_int.__module__, Point.__module__)


class LongPacked(Structure):
    _pack_ = 1
    _fields_ = [("text", c_char * 1000), ("n", c_int)]


many = memoryview((LongPacked * 2)())
many[1] = 7
print(many.format, many.itemsize, many[0], many[1], many.tolist())
for what in (lambda: v[0], lambda: v.tolist(), lambda: v.__setitem__(0, 1), lambda: memoryview((c_int * 3 * 2)())[0], lambda: memoryview((c_int * 3 * 2)())[0, 1]):
    try:
        print(what())
    except Exception as e:
        print(type(e).__name__, e)

# items are copied between views of the same native format only
other = (c_int * 2)()
for change in (lambda: memoryview(other).__setitem__(slice(None), v[:2]), lambda: memoryview(other).cast("B").cast("f").__setitem__(slice(None), memoryview(other).cast("B").cast("i"))):
    try:
        change()
    except Exception as e:
        print(type(e).__name__, e)
