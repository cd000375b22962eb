# One function called in many ways: what is remembered of a call must not decide the next one.
from ctypes import *

libc, libm = CDLL("libc.so.6"), CDLL("libm.so.6")

f = libc["abs"]
print([f(x) for x in (-1, c_int(-2), True, -3)])
text = libc["strlen"]
print([text(x) for x in (b"one", c_char_p(b"three"), create_string_buffer(b"seventeen chars !"), b"")])
buffer = create_string_buffer(64)
printf = libc["snprintf"]
for format, value in ((b"%d", 5), (b"%s", b"five"), (b"%g", c_double(5.5)), (b"%ld", c_long(5 << 40)), (b"%d", 6)):
    print(printf(buffer, 64, format, value), buffer.value)
print(printf(buffer, 64, b"%d %d %d %d %d %d %d %d", *range(8)), buffer.value)
print(printf(buffer, 64, b"plain"), buffer.value)

# new types from one call to the next
f = libc["labs"]
for argtypes, restype, value in (([c_int], c_int, -5), ([c_long], c_long, -2**50), (None, c_int, -7), ([c_long], None, -8), ([c_long], lambda n: n + 1, -9),
                                 ([c_long], c_void_p, -10), ([c_long], c_bool, -11), ([c_long], c_ubyte, -258)):
    f.argtypes, f.restype = argtypes, restype
    print([f(value) for i in range(3)])


class Doubled:
    def __init__(self, n):
        self._as_parameter_ = n * 2


class Mine(c_long):
    @classmethod
    def from_param(cls, value):
        return c_long(value * 3)


f.argtypes, f.restype = [c_long], c_long
print([f(x) for x in (-1, Doubled(-1), c_long(-1), Doubled(-2), -1)])
f.argtypes = [Mine]
print([f(x) for x in (-1, -2, -3)])
f.argtypes, f.restype = [c_long], Mine
print([type(f(x)).__name__ for x in (-1, -2)], f(-5).value)

# numbers of every size and kind in each width
for kind in (c_byte, c_ubyte, c_short, c_ushort, c_int, c_uint, c_long, c_ulong):
    f = CFUNCTYPE(kind, kind)(lambda x: x)
    print(kind.__name__, [f(x) for x in (0, 1, -1, 127, 200, 40000, 2**31, 2**33 + 3, -2**63, 2**64 - 1, True)])
root = libm["sqrt"]
root.argtypes, root.restype = [c_double], c_double
print([root(x) for x in (2.25, 4, 0, 0.0, -0.0, True, 2**70, float("inf"), 1e300, c_double(9))])
for value in ("4", b"4", None, 1j):
    try:
        print(root(value))
    except ArgumentError as e:
        print(e)
single = libm["sqrtf"]
single.argtypes, single.restype = [c_float], c_float
print([single(x) for x in (2.25, 4, 0)])

text.argtypes, text.restype = [c_char_p], c_size_t
print([text(x) for x in (b"bytes", c_char_p(b"object"), create_string_buffer(b"array"), cast(b"pointer", POINTER(c_char)))])
for value in (5, "str", bytearray(b"x"), 1.5):
    try:
        print(text(value))
    except ArgumentError as e:
        print(e)
copied = libc["memcpy"]
copied.argtypes, copied.restype = [c_void_p, c_void_p, c_size_t], c_void_p
print(copied(buffer, b"void pointer", 13) == addressof(buffer), buffer.value)
print(copied(addressof(buffer), byref(c_int(0x41424344)), 4) == addressof(buffer), buffer.value)
for bad in ((buffer,), (buffer, 1.5, 2), (buffer, b"x", "y")):
    try:
        copied(*bad)
    except (TypeError, ArgumentError) as e:
        print(type(e).__name__, e)
add = PYFUNCTYPE(c_int, c_int, c_int)(lambda a, b: a + b)
print(add(1, 2), add(c_int(3), 4), add(2**31 - 1, 1))
