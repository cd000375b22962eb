# subclasses of str and bytes
class S(str):
    def __new__(cls, *a, extra=None): self = super().__new__(cls, *a); self.extra = extra; return self
    def upper(self): return S("UP:" + super().upper())
    def __add__(self, o): return S(str(self) + str(o) + "+")
    def __len__(self): return 99
    def __getitem__(self, k): return "item" if isinstance(k, int) else super().__getitem__(k)
    def __contains__(self, v): return True
    def __iter__(self): return iter("iter")
    def __eq__(self, o): return "seq"
    def __hash__(self): return 1
    def __format__(self, s): return "fmt:" + s
s = S("abc", extra=1); print(s.upper(), s + "x", "x" + s, len(s), s[0], s[0:2], "q" in s, list(s), s == "abc", "abc" == s, s != "abc", hash(s), f"{s} {s:5} {s!s} {s!r}", "%s" % s, "{}".format(s), str(s), type(str(s)).__name__, s.extra, s.lower(), type(s.lower()).__name__, s.replace("a", "b"), "-".join([s, s]), s.startswith("a"), sorted([s, S("b")]), s * 2, type(s * 2).__name__, isinstance(s, str), {"abc": 1}.get("abc"), str.__len__(s), s.encode(), repr(s), s.split("b"), s.__dict__, int(S("12")), float(S("1.5")), open(S("/dev/null")).read(), eval(S("1+1")))
class B(bytes):
    def __getitem__(self, k): return "b"
    def __str__(self): return "B!"
b = B(b"abc"); print(b, repr(b), b[0], b[1:], list(b), b + b"d", type(b + b"d").__name__, b == b"abc", b.upper(), type(b.upper()).__name__, bytes(b), b.decode(), B([1, 2]), B("é", "utf-8"), B(3), hash(b) == hash(b"abc"), {b"abc": 1}[b])
class BA(bytearray):
    def append(self, v): super().append(v); return self
x = BA(b"a"); x.attr = 1; print(x.append(98).append(99), type(x + b"d").__name__, x.attr, x == b"abc", repr(x), x[1:], type(x[1:]).__name__); x += b"!"; print(x, type(x).__name__)
