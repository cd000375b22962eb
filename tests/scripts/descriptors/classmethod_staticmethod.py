# classmethod and staticmethod: binding, wrapping, chaining
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class A:
    @classmethod
    def c(cls, *a): return cls.__name__, a
    @staticmethod
    def s(*a): return a
    cs = classmethod(staticmethod(lambda *a: a)) if False else None
    @classmethod
    @property
    def cp(cls): return "cp " + cls.__name__
class B(A): pass
print(A.c(1), A().c(2), B.c(), B().c(), A.s(1), A().s(2), B.cp, A().cp); print(A.c.__self__, A.c.__func__.__name__, A.__dict__["c"].__func__.__name__, A.__dict__["s"].__wrapped__.__name__, type(A.__dict__["c"]).__name__)
show(classmethod); show(staticmethod); show(lambda: classmethod(5).__get__(None, A)()); show(lambda: staticmethod(5).__get__(None, int)()); s = staticmethod(len); print(s([1]), s.__name__, s.__get__(None, int) is len, s.__doc__ == len.__doc__); show(lambda: classmethod(len)([1]))
def f(x): return x
class C:
    a = f; b = staticmethod(f); c = classmethod(f); d = len; e = lambda self: "e"; g = C2 = type("K", (), {"__call__": lambda self, *a: ("called", a)})()
i = C(); print(i.a() is i, i.b(1), i.c() is C, i.d([1]), i.e(), i.g(1)); i.h = f; print(i.h(5))
import functools
class P:
    m = functools.partialmethod(lambda self, a, b: (a, b), 1)
    n = functools.partial(lambda *a: a, 1)
print(P().m(2), P().n(2)); m = A.c; print(m == A.c, m is A.c, hash(m) == hash(A.c), A().s is A.s)
class Dec:
    def __init__(self, f): self.f = f
    def __get__(self, o, c): return functools.partial(self.f, o)
class Q:
    @Dec
    def m(self, x): return type(self).__name__, x
print(Q().m(3))
