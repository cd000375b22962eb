# how a class is made: __prepare__, __new__, __init__, __call__, keywords
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class Meta(type):
    @classmethod
    def __prepare__(mcls, name, bases, **kw): print("prepare", name, [b.__name__ for b in bases], kw); return {"prepared": True}
    def __new__(mcls, name, bases, ns, **kw): print("new", name, sorted(k for k in ns if k[:2] != "__"), kw); return super().__new__(mcls, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw): print("init", name, kw); super().__init__(name, bases, ns)
    def __call__(cls, *a, **kw): print("call", cls.__name__, a, kw); return super().__call__(*a, **kw)
class A(metaclass=Meta, opt=1):
    x = 1
    def __init__(self, *a): print("A init", a)
class B(A): y = 2
A(1); B(); print(type(A).__name__, type(B).__name__, A.prepared, isinstance(A, Meta), B.__mro__[1].__name__)
def plain(name, bases, ns, **kw): return (name, bases, sorted(ns), kw)
class F(int, metaclass=plain, key="v"): z = 1
print(F)
class BadPrepare(type):
    @classmethod
    def __prepare__(m, n, b): return 5
def bad():
    class X(metaclass=BadPrepare): pass
show(bad)
def unknown_kw():
    class X(a=1): pass
show(unknown_kw)
class M1(type): pass
class M2(type): pass
class C1(metaclass=M1): pass
class C2(metaclass=M2): pass
def conflict():
    class X(C1, C2): pass
show(conflict)
class M3(M1, M2): pass
class OK(C1, C2, metaclass=M3): pass
print(type(OK).__name__)
def not_callable():
    class X(metaclass=5): pass
show(not_callable)
class Order(dict):
    def __setitem__(self, k, v): print("store", k); super().__setitem__(k, v)
class OM(type):
    @classmethod
    def __prepare__(m, n, b): return Order()
class O(metaclass=OM):
    a = 1
    def f(self): pass
print([k for k in O.__dict__ if k in "af"]); print(Meta("Dyn", (), {"q": 1}).q)
