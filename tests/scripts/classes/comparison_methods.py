# rich comparison: reflection, NotImplemented, subclasses first, defaults
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class C:
    def __init__(self, n): self.n = n
    def log(op):
        def f(self, o): print(f"{self.n} {op} {getattr(o, 'n', o)}", end="; "); return NotImplemented
        return f
    __lt__, __le__, __gt__, __ge__, __eq__, __ne__ = map(log, ("lt", "le", "gt", "ge", "eq", "ne"))
    __hash__ = None
class D(C): pass
c, d = C("c"), D("d")
class E(C):
    __lt__ = lambda s, o: "E.lt"
    __gt__ = lambda s, o: "E.gt"
for f in (lambda: c < d, lambda: c <= c, lambda: c == d, lambda: c != d, lambda: c > 1, lambda: 1 >= c, lambda: 1 == c, lambda: c < E("e"), lambda: E("e") > c, lambda: c in [d], lambda: max(E("x"), E("y")).n, lambda: sorted([c, d])):
    show(f)
class OnlyEq:
    def __eq__(self, o): return "eq"
class OnlyLt:
    def __lt__(self, o): return True
print(OnlyEq() == 1, OnlyEq() != 1, 1 == OnlyEq(), 1 != OnlyEq()); show(hash, OnlyEq()); show(lambda: OnlyLt() > OnlyLt()); show(lambda: OnlyLt() >= OnlyLt()); show(lambda: object() < object()); print(object() == object(), (lambda o: o == o)(object()), 1 < 2 < 3 > 0 == 0, 1 < 3 < 2)
class Chain:
    def __lt__(self, o): print("lt", end=" "); return []
    def __bool__(self): print("bool", end=" "); return True
x = Chain(); print(x < x < x, not x); show(lambda: [] < 1); show(lambda: None < None); show(lambda: "a" >= 1); show(lambda: {} > {}); show(lambda: (1, 2) < (1, "a")); print((1, 2) == (1, "a"), [1, [2]] == [1, [2]], None == False, 1 == 1.0 == True)
import functools
@functools.total_ordering
class T:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v
print(T(1) <= T(1), T(2) > T(1), T(1) >= T(2), T(1) != T(2))
