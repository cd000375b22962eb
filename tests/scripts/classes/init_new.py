# __new__ and __init__: who is called with what
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class A:
    def __new__(cls, *args, **kw): print("new", cls.__name__, args, kw); return super().__new__(cls)
    def __init__(self, *args, **kw): print("init", args, kw)
A(1, k=2)
class Other:
    def __new__(cls, v): return v
    def __init__(self, v): print("never")
print(Other(5), Other("x"))
class Sub(A):
    def __new__(cls): return A.__new__(A)
Sub()
class BadInit:
    def __init__(self): return 5
show(BadInit)
class InitNone:
    __init__ = None
show(InitNone)
class Two:
    def __init__(self, a, b=2, *c, d, e=5, **f): pass
for args, kw in (((), {}), ((1,), {}), ((1,), {"d": 4}), ((1, 2, 3), {"d": 4, "z": 1}), ((), {"a": 1, "d": 2}), ((1,), {"a": 1, "d": 2})):
    show(lambda: type(Two(*args, **kw)).__name__)
class Single:
    instance = None
    def __new__(cls):
        if cls.instance is None: cls.instance = super().__new__(cls)
        return cls.instance
print(Single() is Single()); show(object.__new__); show(object.__new__, 5); show(object.__new__, int); show(lambda: int.__new__(str)); show(object, 1); show(lambda: object().x); show(lambda: setattr(object(), "x", 1)); show(lambda: A.__new__())
class N:
    def __new__(cls): return super().__new__(cls, 1)
class M:
    def __new__(cls, v): return super().__new__(cls)
class I:
    def __init__(self, v): super().__init__(v)
show(N); show(lambda: type(M(1)).__name__); show(I, 1)
