# multiple inheritance: the order, diamonds, conflicts
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class A:
    def f(self): return ["A"]
class B(A):
    def f(self): return ["B"] + super().f()
class C(A):
    def f(self): return ["C"] + super().f()
class D(B, C):
    def f(self): return ["D"] + super().f()
print(D().f(), [c.__name__ for c in D.__mro__], D.mro() == list(D.__mro__), D.__bases__, D.__base__.__name__, A.__subclasses__())
show(lambda: type("X", (A, B), {})); show(lambda: type("X", (A, A), {})); show(lambda: type("X", (int, str), {})); show(lambda: type("X", (5,), {}))
class P: pass
class Q: pass
class R(P, Q): pass
class S(Q, P): pass
def clash():
    class T(R, S): pass
show(clash)
def final():
    class T(bool): pass
show(final)
def nonclass():
    class T(5): pass
show(nonclass)
def func():
    class T(lambda: 0): pass
show(func)
class X(A): pass
X.__bases__ = (B,); print(X().f(), X.__mro__[1].__name__); show(setattr, X, "__bases__", (X,)); show(setattr, X, "__bases__", 5); show(setattr, X, "__bases__", (5,)); show(setattr, X, "__bases__", ()); print(issubclass(X, B), isinstance(X(), C), B in X.__mro__, X.__base__)
class E(dict, P): pass
print(E(a=1), E.__mro__[1:3], isinstance(E(), P)); print([c.__name__ for c in type("Z", (C, B), {}).__mro__], bool.__mro__, type.__mro__, Exception.__mro__[-1])
