# subclasses of int, float, complex
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class I(int):
    def __new__(cls, v, unit=""): self = super().__new__(cls, v); self.unit = unit; return self
    def __add__(self, o): return I(int(self) + int(o), self.unit)
    def __repr__(self): return f"I({int(self)}, {self.unit!r})"
i = I(5, "m"); print(i, i + 2, 2 + i, i * 2, type(i * 2).__name__, -i, type(-i).__name__, i == 5, hash(i) == hash(5), [10, 20, 30, 40, 50, 60][i], {5: "x"}[i], f"{i} {i:03d} {i!s}", "%d %s" % (i, i), str(i), int(i), type(int(i)).__name__, i.unit, i.__dict__, range(i), i << 1, bool(I(0)), sum([I(1), I(2)]), max(I(1), I(3)), divmod(i, 2), i ** 2, i / 2, i // 2, ~i, abs(I(-3)), round(i), sorted([I(3), I(1)]), i is I(5), isinstance(i, int), chr(I(65)), hex(i), I("7"), I(10**30, "big"))
class F(float):
    def __str__(self): return "F"
    def __eq__(self, o): return "eq"
    __hash__ = float.__hash__
f = F(1.5); print(f, repr(f), f"{f}", "%s" % f, "%.1f" % f, f + 1, type(f + 1).__name__, f == 2, f != 2, 2 == f, hash(f) == hash(1.5), f.is_integer(), F("2.5"), F.fromhex("0x1p0"), float(f), round(F(2.7)), int(f), -f, abs(F(-1)))
class C(complex): pass
c = C(1, 2); c.note = 1; print(c, repr(c), c * 2, type(c * 2).__name__, c.note, c == 1 + 2j, abs(C(3, 4)))
class B(I): pass
print(repr(B(3)), type(B(3) + 1).__name__, B.__mro__[1].__name__); show(I, "x"); show(lambda: I(1) + "a"); show(lambda: I()); 
class Idx(int):
    def __index__(self): return 99
print([0, 1, 2][Idx(1)], hex(Idx(5)), range(3)[Idx(1)], "abc"[Idx(1)])
class Bool(int):
    def __bool__(self): return False
print(bool(Bool(5)), not Bool(5), Bool(5) or "or", [v for v in [Bool(1)] if v])
