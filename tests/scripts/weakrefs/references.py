# weakref.ref: life, callbacks, equality, hash, what can be referenced
import weakref, gc
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class C:
    def __init__(self, v=0): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __hash__(self): return hash(self.v)
c = C(1); r = weakref.ref(c); print(r() is c, r is weakref.ref(c), weakref.getweakrefcount(c), repr(r)[:12], r.__callback__)
cb = lambda w: print("callback", w() is None); s = weakref.ref(c, cb); print(s is r, s == r, hash(r) == hash(c), s.__callback__ is cb); d = C(1); t = weakref.ref(d); print(r == t, r != t, weakref.getweakrefs(c) == [r, s]); del c; print(r(), s(), r == s, r == r, repr(r)[-6:]); show(hash, t); del d; show(hash, t); show(hash, weakref.ref(C()))
for v in (1, "s", (), [], {}, None, set(), len, C, lambda: 0, object(), type, 1.5, b"", frozenset(), (i for i in ()), range(3)): show(lambda: type(weakref.ref(v)).__name__)
show(weakref.ref); x = C(5); 
a, b = C(), C(); a.o, b.o = b, a; wa = weakref.ref(a, lambda r: print("cycle gone")); del a, b; print(gc.collect() > 0, wa()); y = C(9); fin = weakref.finalize(y, print, "finalized", 1, sep="-"); print(fin.alive, fin.peek()[1]); del y; print(fin.alive, fin()); z = C(); f2 = weakref.finalize(z, print, "x"); print(f2.detach() is not None, f2.alive)
m = weakref.WeakMethod(x.__eq__); print(m()(C(5))); sub = type("Sub", (weakref.ref,), {"extra": 1})(x); print(sub().v, sub.extra)
