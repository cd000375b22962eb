# repr, str, ascii and format of everything built in
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


values = [None, True, ..., NotImplemented, 0, -1, 2**70, 1.0, -0.0, 1e16, 1e-5, float("nan"), float("inf"), 1j, -1j, complex(-0.0, -0.0), complex("nan+infj"), "", "it's", 'say "x"', "'\"", "\n\t\\\x00\x7f\xa0\xad", "\u0378\u200b\U0001f600\U000e0001\ud800", b"", b"a'\"\n\xff", bytearray(b"x"), (), (1,), [], [1, [2]], {}, {1: "a"}, set(), {1}, frozenset(), frozenset([1]), range(3), slice(1, None, 2), int, type, list[int], int | None]
for v in values:
    print(ascii(repr(v)), ascii(str(v)) == ascii(repr(v)), ascii(v))
print(repr({}.keys()), repr({1: 2}.values()), repr({1: 2}.items()), repr(memoryview(b""))[:10], repr(len), repr("".join)[:27], repr(str.join), repr(int.__add__), repr((5).__add__)[:37], repr(iter([]))[:14], repr(object())[:8], repr(Exception("a", 1)), repr(ValueError()), repr(KeyError("k")), repr(OSError(2, "x")))
show(format, 5, "x"); show(format, 5); show(format, "a", ">3"); show(format, None, ""); show(format, None, "x"); show(format, [], "s"); show(format, 5, 5); show(format); show(format, object, "10")
class R:
    def __repr__(self): return "\u20ac"
class Bad:
    def __repr__(self): return 5
    def __str__(self): return None
    def __format__(self, spec): return 7
print(ascii(R()), ascii([R()])); show(repr, Bad()); show(str, Bad()); show(format, Bad()); show(lambda: "%s" % Bad()); show(lambda: "%r" % Bad()); show(lambda: f"{Bad()}"); show(ascii); show(repr, 1, 2)
l = [1]; l.append(l); d = {}; d["d"] = d; print(l, d, repr((l, d)))
