# dir and vars: what they list, of what they refuse
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class A:
    a = 1
    def m(self): pass
class B(A):
    __slots__ = ("s",)
class D:
    def __dir__(self): return ["z", "a", "m"]
class Bad:
    def __dir__(self): return 5
a = A(); a.own = 1
print([n for n in dir(a) if n[0] != "_"], [n for n in dir(A) if n[0] != "_"], [n for n in dir(B()) if n[0] != "_"], dir(D()))
show(dir, Bad()); show(dir, 1, 2)
def f(x, y=2):
    z = 3
    return dir(), sorted(vars())
print(f(1)); print(vars(a)); show(vars, 5); show(vars, A, B); print(sorted(k for k in vars(A) if k[0] != "_"), type(vars(A)).__name__)
import math
print("pi" in dir(math), vars(math)["pi"]); print(sorted(set(dir(int)) - set(dir(object)))[-12:])
