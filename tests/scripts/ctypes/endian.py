# Structures and unions with the most significant byte first.
from ctypes import *


def shows(what, f, *args):
    try:
        print(what, f(*args))
    except Exception as e:
        print(what, type(e).__name__)


class Header(BigEndianStructure):
    _fields_ = [("kind", c_uint8), ("length", c_uint16), ("number", c_int32), ("wide", c_uint64), ("real", c_double), ("items", c_int16 * 3)]


h = Header(1, 0x1234, -2, 0x0102030405060708, 1.5, (1, -2, 3))
print(sizeof(h), bytes(h).hex())
print(h.kind, h.length, h.number, h.wide, h.real, list(h.items))
h.length, h.items[1] = 7, 513
print(bytes(h).hex(), h.length, list(h.items))
print(Header.from_buffer_copy(bytes(h)).number, Header.length.offset, Header.length.size)


class Packed(BigEndianStructure):
    _pack_ = 1
    _fields_ = [("a", c_byte), ("b", c_int), ("c", c_short)]


print(sizeof(Packed), bytes(Packed(1, 2, 3)).hex())


class Bits(BigEndianStructure):
    _fields_ = [("version", c_uint8, 4), ("size", c_uint8, 4), ("flag", c_uint16, 1), ("rest", c_uint16, 15)]


class Wide(BigEndianStructure):
    _fields_ = [("s", c_int32, 7), ("t", c_int32, 25)]


b = Bits(4, 5, 1, 300)
print(bytes(b).hex(), b.version, b.size, b.flag, b.rest)
w = Wide(-3, 1000)
print(bytes(w).hex(), w.s, w.t)
b.rest = 0x7FFF
b.flag = 0
print(bytes(b).hex(), b.rest, b.flag)


class Either(BigEndianUnion):
    _fields_ = [("word", c_uint32), ("half", c_uint16), ("bytes", c_uint8 * 4)]


u = Either(word=0x01020304)
print(u.word, u.half, list(u.bytes))


class Outer(BigEndianStructure):
    _fields_ = [("inner", Packed), ("n", c_uint16)]


o = Outer(Packed(9, 8, 7), 6)
print(bytes(o).hex(), o.inner.b, o.n)


class Later(BigEndianStructure):
    pass


Later._fields_ = [("x", c_long)]
print(bytes(Later(5)).hex())


class Child(Header):
    _fields_ = [("more", c_uint16)]


print(sizeof(Child), bytes(Child(more=258))[-8:].hex())

big = c_int.__ctype_be__
print(big is c_int, c_int.__ctype_le__ is c_int, big.__ctype_le__ is c_int, big.__ctype_be__ is big, big(1).value, bytes(big(1)).hex())
print(c_byte.__ctype_be__ is c_byte, bytes(c_double.__ctype_be__(1.0)).hex(), LittleEndianStructure is Structure)
for name, bad in (("pointer", POINTER(c_int)), ("text", c_char_p), ("address", c_void_p), ("native", type("Native", (Structure,), {"_fields_": [("x", c_int)]}))):
    shows(name, lambda: type("Wrong", (BigEndianStructure,), {"_fields_": [("p", bad)]}).__name__)
