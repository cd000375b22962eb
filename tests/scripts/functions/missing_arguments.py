# how missing and superfluous arguments are worded
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


def f0(): pass
def f1(a): pass
def f2(a, b): pass
def f3(a, b, c): pass
def f4(a, b, c, d): pass
def d1(a, b=1): pass
def v(a, *b): pass
def k(*, a): pass
def k2(a, *, b, c=1): pass
for f in (f0, f1, f2, f3, f4, d1, v, k, k2):
    for n in range(4): show(f, *range(n))
    show(f, z=1); show(f, 1, z=1, y=2)
class C:
    def m(self): pass
    def n(self, a, b=1): pass
    @classmethod
    def c(cls, a): pass
    @staticmethod
    def s(a): pass
c = C(); show(c.m, 1); show(c.n); show(c.n, 1, 2, 3); show(C.m); show(C.c); show(c.c, 1, 2); show(c.s); show(lambda a: a); show((lambda a, b=1: a), 1, 2, 3)
