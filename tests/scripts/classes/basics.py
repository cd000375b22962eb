class A:
    """doc"""
    x = 1
    def __init__(self, v): self.v = v
    def __repr__(self): return f"A({self.v})"
    def __eq__(self, o): return isinstance(o, A) and self.v == o.v
    def __hash__(self): return hash(self.v)
    def __lt__(self, o): return self.v < o.v
    def __add__(self, o): return A(self.v + (o.v if isinstance(o, A) else o))
    __radd__ = __add__
    def __len__(self): return self.v
    def __getitem__(self, i): return i * 2
    def __contains__(self, i): return i == self.v
    def __call__(self, *a): return a
    def __bool__(self): return self.v != 0
    def __iter__(self): return iter(range(self.v))
    def __neg__(self): return A(-self.v)
    @property
    def dbl(self): return self.v * 2
    @dbl.setter
    def dbl(self, n): self.v = n // 2
    @staticmethod
    def s(x): return x
    @classmethod
    def c(cls, x): return cls(x)
a = A(3)
print(a, a == A(3), a != A(4), len(a), a[5], 3 in a, a(1, 2), bool(A(0)), list(a), -a, a + 1, 1 + a, sum([A(1), A(2)]))
a.dbl = 10
print(a.dbl, A.s(1), A.c(7), sorted([A(3), A(1)]), {A(1): 2}[A(1)], A.__doc__, A.__name__)
try: A(1).nope
except AttributeError as e: print(e)
try: A()
except TypeError as e: print(e)
class B(A):
    def __init__(self, v, w):
        super().__init__(v); self.w = w
    def __repr__(self): return "B" + super().__repr__()
print(B(1, 2), isinstance(B(1, 2), A), issubclass(B, A), B.__mro__, B.__bases__)
class M1:
    def f(self): return ["M1"]
class M2(M1):
    def f(self): return ["M2"] + super().f()
class M3(M1):
    def f(self): return ["M3"] + super().f()
class M4(M2, M3):
    def f(self): return ["M4"] + super().f()
print(M4().f(), [c.__name__ for c in M4.__mro__])
class S:
    __slots__ = ("a", "b")
s = S(); s.a = 1
print(s.a)
try: s.c = 1
except AttributeError as e: print(e)
try: s.b
except AttributeError as e: print(e)
class G:
    def __getattr__(self, n): return "got " + n
    def __setattr__(self, n, v): object.__setattr__(self, n, v * 2)
    def __delattr__(self, n): print("del", n)
g = G(); g.x = 5; print(g.x, g.y); del g.q
print(vars(g), hasattr(g, "zz"), getattr(A, "nope", "dflt"))
class D:
    def __get__(self, o, t): return ("get", o is None)
    def __set__(self, o, v): print("set", v)
    def __set_name__(self, o, n): print("name", n)
class H: d = D()
print(H.d, H().d); H().d = 3
try:
    class X(M1, M4): pass
except TypeError as e: print(e)
print(type("Dyn", (A,), {"z": 1})(2).z)
