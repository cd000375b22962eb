# C memory: simple types, arrays, pointers, structures, unions, bit fields, buffers, and what keeps what alive.
from ctypes import *
import gc


def shows(what, f, *args):
    try:
        print(what, f(*args))
    except Exception as e:
        print(what, type(e).__name__, e)


for cls in (c_byte, c_ubyte, c_short, c_ushort, c_int, c_uint, c_long, c_ulong, c_longlong, c_size_t, c_float, c_double, c_longdouble, c_char, c_wchar, c_bool, c_char_p,
            c_wchar_p, c_void_p, py_object):
    print(cls.__name__, sizeof(cls), alignment(cls))
print(c_byte(200), c_ubyte(-1), c_short(70000), c_uint(-1), c_ulong(-1), c_int(2**40 + 5))
print(c_float(0.1), c_double(3), c_char(b"x"), c_char(65), c_bool([]), c_wchar("é"), c_void_p(None), c_void_p(16))
print(c_char_p(b"text").value, c_wchar_p("wide").value, c_char_p().value, py_object([1, 2]).value)
i = c_int()
i.value = 5
print(i, i.value, bool(i), bool(c_int()))
for bad in ((c_int, "x"), (c_int, 1.5), (c_float, "x"), (c_char, b"ab"), (c_char, 300), (c_wchar, "ab"), (c_char_p, "str"), (c_wchar_p, b"bytes"), (c_void_p, 1.5)):
    shows(bad[0].__name__, *bad)

# arrays
Ints = c_int * 4
a = Ints(1, 2, 3)
print(Ints.__name__, len(a), list(a), a[1:3], a[::-1], a[-1], sizeof(a), Ints is c_int * 4, Ints._length_, Ints._type_.__name__)
a[0] = 10
a[1:3] = [20, 30]
print(list(a), bytes(a) == bytes(memoryview(a)), sum(a))
shows("index", lambda: a[4])
shows("too many", Ints, 1, 2, 3, 4, 5)
shows("item", a.__setitem__, 0, "x")
shows("slice", a.__setitem__, slice(0, 2), [1])
s = create_string_buffer(b"hello", 10)
print(s.value, s.raw, len(s), s[1], s[:3])
s.value = b"ab"
print(s.value, s.raw)
shows("long", setattr, s, "value", b"x" * 11)
u = create_unicode_buffer("wide \N{SNOWMAN}")
print(u.value, len(u), u[0], u[1:3])
grid = ((c_int * 2) * 3)()
grid[1][1] = 7
print([list(row) for row in grid])


# structures
class Point(Structure):
    _fields_ = [("x", c_int), ("y", c_int)]

    def total(self):
        return self.x + self.y


class Mixed(Structure):
    _fields_ = [("c", c_char), ("d", c_double), ("s", c_short), ("p", Point), ("name", c_char * 8), ("next", c_void_p)]


class Packed(Structure):
    _pack_ = 1
    _fields_ = [("c", c_char), ("d", c_double), ("s", c_short)]


p = Point(3, y=4)
print(p.x, p.y, p.total(), sizeof(Point), Point.x, Point.y.offset)
print([(n, getattr(Mixed, n).offset, getattr(Mixed, n).size) for n in ("c", "d", "s", "p", "name", "next")], sizeof(Mixed), alignment(Mixed))
print(sizeof(Packed), Packed.d.offset, Packed.s.offset, alignment(Packed))
m = Mixed(b"z", 2.5, -1, (5, 6), b"name")
print(m.c, m.d, m.s, m.p.x, m.p.y, m.name, m.next)
m.p.x = 50
m.p = Point(7, 8)
print(m.p.x, m.p.y)
shows("too many", Point, 1, 2, 3)
shows("twice", lambda: Point(1, x=2))
shows("type", setattr, p, "x", "no")
shows("type", setattr, m, "p", 5)


class Sub(Point):
    _fields_ = [("z", c_int)]


sub = Sub(1, 2, 3)
print(sub.x, sub.y, sub.z, sizeof(Sub), isinstance(sub, Point))


class Bits(Structure):
    _fields_ = [("a", c_int, 3), ("b", c_int, 5), ("c", c_uint, 8), ("d", c_uint, 20)]


b = Bits(3, -5, 200, 0xABCDE)
print(b.a, b.b, b.c, b.d, sizeof(Bits), Bits.a, Bits.d)
b.a = 5
print(b.a, b.b)
shows("bits", lambda: type("T", (Structure,), {"_fields_": [("x", c_float, 3)]}))
shows("bits", lambda: type("T", (Structure,), {"_fields_": [("x", c_int, 40)]}))


class Number(Union):
    _fields_ = [("i", c_int), ("f", c_float), ("bytes", c_ubyte * 4)]


n = Number()
n.f = 1.0
print(hex(n.i), list(n.bytes), sizeof(Number))


class Outer(Structure):
    _anonymous_ = ["inner"]
    _fields_ = [("tag", c_int), ("inner", Number)]


o = Outer()
o.i = 9
print(o.inner.i, o.i, o.tag)


# pointers, and a class that points to itself
class Node(Structure):
    pass


Node._fields_ = [("value", c_int), ("next", POINTER(Node))]
second = Node(2, None)
first = Node(1, pointer(second))
del second
gc.collect()
print(first.next.contents.value, bool(first.next.contents.next), bool(first.next))
shows("final", setattr, Node, "_fields_", [])
i = c_int(42)
q = pointer(i)
print(q.contents.value, q[0], POINTER(c_int) is type(q), type(q).__name__)
q[0] = 43
q.contents.value += 1
print(i.value)
q.contents = c_int(7)
print(q[0], i.value)
print(bool(POINTER(c_int)()))
shows("null", lambda: POINTER(c_int)().contents)
shows("null", lambda: POINTER(c_int)()[0])
shows("type", POINTER(c_int), 1)
pa = cast(a, POINTER(c_int))
print(pa[0:4], pa[3])
print(cast(pa, c_void_p).value == addressof(a), string_at(s), string_at(s, 4), wstring_at(u), wstring_at(u, 4))
text = cast(create_string_buffer(b"kept alive"), c_char_p)
gc.collect()
print(text.value)

# other people's memory
memory = bytearray(8)
view = c_int.from_buffer(memory, 4)
view.value = 1
print(memory, c_short.from_buffer_copy(b"\1\2\3\4", 2).value)
shows("room", c_int.from_buffer, memory, 6)
shows("read only", c_int.from_buffer, b"12345678")
shows("grow", memory.append, 1)
print(c_int.from_address(addressof(i)).value)
memset(addressof(s), ord("*"), 3)
memmove(byref(s, 3), b"++", 2)
print(s.raw)
x = c_short(1)
resize(x, 16)
print(sizeof(x), x.value)
shows("resize", resize, x, 1)
for cls in (Structure, Union, Array):
    shows("abstract", cls)
shows("sizeof", sizeof, int)
shows("byref", byref, 5)
shows("negative", lambda: c_int * -1)

# text at an address
text = create_unicode_buffer("wide text")
print(wstring_at(text), wstring_at(text, 4), wstring_at(addressof(text), 2), string_at(b"abc\0def", 7), string_at(c_char_p(b"xyz")))
