# str() with bytes, encodings, objects
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for args in ((), (5,), (b"ab",), (b"ab", "ascii"), (b"\xff", "ascii"), (b"\xff", "ascii", "replace"), (b"\xff", "latin-1"), ("a", "ascii"), (5, "ascii"), (bytearray(b"x"), "utf-8"), (memoryview(b"x"), "utf-8"), (b"x", 5), (b"x", "utf-8", 5), (None,), (b"", "nope"), (b"x", "nope"), (1, 2, 3, 4)):
    show(str, *args)
show(str, object=5); show(str, b"a", encoding="ascii"); show(str, b"\xe9", errors="replace"); show(str, errors="x"); show(str, x=1)
class S(str):
    def __new__(cls, v, extra=None): return super().__new__(cls, v)
    def __str__(self): return "str!"
    def __repr__(self): return "repr!"
s = S("abc", 1); s.attr = 5
print(s, repr(s), f"{s}", "%s" % s, s + "d", type(s + "d").__name__, type(s.upper()).__name__, type(s[:]).__name__, s == "abc", hash(s) == hash("abc"), {s: 1}["abc"], str(s), type(str(s)).__name__, s.attr, "".join([s]), type("".join([s])).__name__, len(s), str.__str__(s), type(str.__str__(s)).__name__)
class N:
    def __str__(self): return S("x")
print(type(str(N())).__name__, f"{N()}"); show(str.upper, 5); show(str.upper); show(str.__len__, "abc"); show(str.__new__, 5); show(str.__new__, S, "q")
