# __del__: when, in which order, errors in it, resurrection
import gc, sys
class D:
    def __init__(self, n): self.n = n
    def __del__(self): print("del", self.n)
d = D(1); d = None; d = D(2); e = d; del d; print("still"); del e
def f():
    x = D("local"); print("in f")
f(); [D("list")]; D("expr"); l = [D("a"), D("b")]; l.clear(); t = (D("t1"), D("t2")); del t; {"k": D("v")}.clear()
x = D("old"); x = D("new"); x = 5
a, b = D("cycle"), D("cycle"); a.o, b.o = b, a; del a, b; print("before collect"); print(gc.collect() >= 2)
saved = []
class R:
    def __del__(self): print("resurrect"); saved.append(self)
r = R(); del r; print(len(saved)); saved.clear(); print("gone, not again")
class E:
    def __del__(self): raise ValueError("in del")
sys.unraisablehook = lambda u: print("unraisable", u.exc_type.__name__, u.exc_value, u.err_msg, u.object is E.__del__)
E(); del x
class Sub(D):
    def __del__(self): super().__del__(); print("sub")
Sub(7); del D.__del__; D("quiet")
class K:
    pass
k = K(); k.__del__ = lambda: print("never"); del k
try: raise ValueError(D2 := K())
except ValueError: pass
class W:
    def __del__(self): print("with closure", captured)
captured = 1; W()
