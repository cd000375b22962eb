# methods and attributes of int
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for v in (0, 1, -1, 255, -256, 2**64, -2**64 - 1, True):
    print(v.bit_length(), v.bit_count(), v.conjugate(), v.real, v.imag, v.numerator, v.denominator, v.as_integer_ratio(), v.__trunc__(), v.__floor__(), v.__ceil__(), v.__index__(), v.__bool__())
for v, n, order, signed in ((255, 1, "big", False), (256, 1, "big", False), (-1, 1, "big", False), (-1, 2, "little", True), (127, 1, "big", True), (128, 1, "big", True), (-128, 1, "big", True), (-129, 1, "big", True), (0, 0, "big", False), (1, 0, "big", False), (2**64 + 5, 9, "little", False), (1, -1, "big", False), (1, 2, "middle", False)):
    show(v.to_bytes, n, order, signed=signed)
show((5).to_bytes); show((5).to_bytes, 2); show((5).to_bytes, length=3, byteorder="little"); show((5).to_bytes, "x", "big"); show((5).to_bytes, 2, 5)
for data in (b"\x01\x02", b"", b"\xff", bytearray(b"\x80\x00"), [1, 2], (255,), memoryview(b"\x05")):
    show(int.from_bytes, data, "big"); show(int.from_bytes, data, "little", signed=True)
show(int.from_bytes, "ab", "big"); show(int.from_bytes, 5, "big"); show(int.from_bytes, [256], "big"); show(int.from_bytes, b"\x01"); show(int.from_bytes, b"\x01", "x"); show(int.from_bytes)
class I(int): pass
print(type(I.from_bytes(b"\x05", "big")).__name__, type(I(5) + 1).__name__, type(I(5).conjugate()).__name__, I(7), repr(I(7)), I(3).__add__(4), (5).__add__(1.5), (5).__radd__(2), (5).__eq__("x"), (5).__lt__(6), (5).__pow__(2, 7), (5).__divmod__(2), int.__new__(I, 9), (5).__round__(-1), (5).__format__("04"), (5).__sizeof__() > 0, (5).__getnewargs__(), int.__doc__[:20])
show(int.__add__, 5); show(int.__add__, "a", 1); show((5).__add__); show((5).__neg__, 1); show(int.bit_length); show(int.bit_length, "a")
