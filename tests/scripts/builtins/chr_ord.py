# chr and ord at the borders
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for v in (0, 65, 127, 128, 255, 0xD7FF, 0xD800, 0x10FFFF, 0x110000, -1, 2**70, 1.0, "a", True):
    show(lambda v=v: ascii(chr(v)))
for v in ("a", "\0", "\xff", "\u20ac", "\U0001f600", "\ud800", b"a", bytearray(b"\xff"), "", "ab", b"", b"ab", 5, None):
    show(ord, v)
show(chr); show(ord); show(chr, 1, 2)
