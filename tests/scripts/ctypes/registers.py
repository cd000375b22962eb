# Arguments of all kinds in all places, with and without libffi: words, floating-point numbers, what no longer fits registers, structures, no fixed count.
from ctypes import *
import ctypes.util

libc, libm = CDLL("libc.so.6"), CDLL("libm.so.6")


def declare(function, result, *arguments):
    function.restype, function.argtypes = result, arguments
    return function


for i in range(3):  # the first call finds out how calls go, the others use that
    for name, result, arguments, given in [
            ("abs", c_int, (c_int,), (-5,)), ("labs", c_long, (c_long,), (-2**40,)), ("toupper", c_int, (c_int,), (ord("q"),)), ("strlen", c_size_t, (c_char_p,), (b"letters",)),
            ("strncmp", c_int, (c_char_p, c_char_p, c_size_t), (b"abcd", b"abxx", 2)), ("htons", c_ushort, (c_ushort,), (0x1234,)), ("htonl", c_uint, (c_uint,), (0xfedcba98,)),
            ("getpgid", c_int, (c_int,), (-1,)), ("strtol", c_long, (c_char_p, c_void_p, c_int), (b"-ff", None, 16)), ("atof", c_double, (c_char_p,), (b"2.5",)), ("difftime", c_double, (c_long, c_long), (7, 3))]:
        print(name, declare(getattr(libc, name), result, *arguments)(*given))
    for name, result, arguments, given in [
            ("sqrt", c_double, (c_double,), (2.25,)), ("pow", c_double, (c_double, c_double), (2, 0.5)), ("fma", c_double, (c_double,) * 3, (2.0, 3.0, 4.0)), ("ldexp", c_double, (c_double, c_int), (0.75, 4)),
            ("scalbln", c_double, (c_double, c_long), (1.0, -3)), ("jn", c_double, (c_int, c_double), (0, 0.0)), ("lrint", c_long, (c_double,), (2.5,)), ("ilogb", c_int, (c_double,), (1024.0,)),
            ("sqrtf", c_float, (c_float,), (6.25,)), ("fmaf", c_float, (c_float,) * 3, (2.0, 3.0, 0.5)), ("ldexpf", c_float, (c_float, c_int), (0.75, 4)), ("ilogbf", c_int, (c_float,), (0.25,)),
            ("sqrtl", c_longdouble, (c_longdouble,), (6.25,))]:
        print(name, declare(getattr(libm, name), result, *arguments)(*given))

# frexp gives a second result through a pointer
exponent = c_int()
declare(libm.frexp, c_double, c_double, POINTER(c_int))
print([(libm.frexp(x, byref(exponent)), exponent.value) for x in (10.0, 0.1)])

# snprintf: any count, of any kinds; more than registers hold
text = create_string_buffer(300)
libc.snprintf.restype = c_int
for i in range(2):
    print(libc.snprintf(text, c_size_t(300), b"%d %s %.2f", 7, b"word", c_double(1.5)), text.value)
    print(libc.snprintf(text, c_size_t(300), b"%g %g %g %g %g %g %g %g %g", *map(c_double, range(9))), text.value)
    print(libc.snprintf(text, c_size_t(300), b"%d %d %d %d %d %d", 1, 2, 3, 4, 5, 6), text.value)
declare(libc.snprintf, c_int, c_char_p, c_size_t, c_char_p)
for i in range(2):
    print(libc.snprintf(text, 300, b"%.1f|%ld", c_double(0.5), c_long(-1)), text.value)
declare(libc.snprintf, c_int, c_char_p, c_size_t, c_char_p, c_double, c_int, c_double)
for i in range(2):
    print(libc.snprintf(text, 300, b"%.1f|%d|%.1f", 0.5, 6, 7.25), text.value)


# callbacks get what was passed, and give it back, in each width
def check(result, *kinds):
    seen = []
    kind = CFUNCTYPE(result, *kinds)

    def take(*values):
        seen.append(values)
        return values[-1]
    back = kind(take)
    call = kind(cast(back, c_void_p).value)
    for sign in (1, -1):
        print([k.__name__ for k in kinds], [call(*(sign * (i + 1) * (0.5 if k in (c_float, c_double) else 1) for i, k in enumerate(kinds))) for _ in range(3)], seen[-1])


check(c_byte, c_byte, c_short, c_int, c_long)
check(c_ubyte, c_ubyte, c_ushort, c_uint, c_ulong)
check(c_short, c_double, c_short)
check(c_float, c_int, c_double, c_long, c_float)
check(c_double, *[c_double] * 8)
check(c_double, *[c_float] * 8)
check(c_int, *[c_int] * 6)
check(c_int, *[c_int] * 7)
check(c_double, *[c_int, c_double] * 4)
check(c_double, *[c_int, c_double] * 6)
check(c_double, *[c_int] * 6, *[c_double] * 8)
check(c_double, *[c_double] * 9)
check(c_bool, c_int, c_bool)
check(c_longlong, c_longlong)


class Pair(Structure):
    _fields_ = [("x", c_int), ("y", c_double)]


sum_of = CFUNCTYPE(c_double, Pair, c_int)(lambda pair, n: pair.x + pair.y + n)
call = CFUNCTYPE(c_double, Pair, c_int)(cast(sum_of, c_void_p).value)
print([call(Pair(1, 0.5), i) for i in range(3)])
div = declare(libc.div, type("div_t", (Structure,), {"_fields_": [("quot", c_int), ("rem", c_int)]}), c_int, c_int)
print([(r.quot, r.rem) for r in (div(17, 5), div(-17, 5))])
