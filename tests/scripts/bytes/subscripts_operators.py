# subscripts, comparison and operators of bytes
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


b = b"hello"
for i in (0, -1, 5, "a", 1.0, slice(1, 3), slice(None, None, -1), slice(None, None, 0), 2**70):
    show(lambda i=i: b[i])
print(b + b"!", b * 2, 3 * b"ab", b"ell" in b, 104 in b, b == bytearray(b"hello"), b != "hello", b < b"help", list(b), hash(b) == hash(bytes(b)), bytes(b) is b, b[1:1], b[0:1] == b"h", sorted([b"b", b"a"]), max(b), b == memoryview(b), {b: 1}[b"hello"], *b[:2])
for f in (lambda: b + "x", lambda: b + 5, lambda: b * 1.5, lambda: "a" in b, lambda: 256 in b, lambda: -1 in b, lambda: None in b, lambda: b < "a", lambda: b < 5, lambda: b - b, lambda: -b, lambda: b % 5, lambda: hash(bytearray()), lambda: b.__setitem__, lambda: b"a" * 2**62, lambda: b.join("ab"), lambda: b"" in 5):
    show(f)
def store(): b[0] = 1
def remove(): del b[0]
show(store); show(remove)
class S(bytes):
    def __repr__(self): return "S!"
s = S(b"abc"); s.x = 1
print(s, repr(s), type(s + b"d").__name__, type(s[:]).__name__, s == b"abc", {s: 1}[b"abc"], bytes(s), type(bytes(s)).__name__, s.x, s.upper(), b"%s" % s, repr(b"'"), repr(b'"'), repr(b"'\""), repr(bytes(range(0, 256, 15))))
