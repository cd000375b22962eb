# the gc module: cycles, counts, thresholds, callbacks, freezing
import gc, weakref
class N: pass
def cycle():
    a, b = N(), N()
    a.x, b.x = b, a
    return weakref.ref(a)
r = cycle(); print(r() is not None); print(gc.collect() >= 2, r()); gc.disable(); print(gc.isenabled()); gc.enable(); print(gc.isenabled())
l = []; l.append(l); w = N(); l.append(w); wr = weakref.ref(w); del l, w; gc.collect(); print(wr()); d = {}; d["self"] = d; d["n"] = N(); wr = weakref.ref(d["n"]); del d; gc.collect(); print(wr())
print(len(gc.get_threshold()), len(gc.get_count()), gc.get_debug(), gc.is_tracked([]), gc.is_tracked(1), gc.is_tracked("s"), gc.garbage, len(gc.get_stats())); old = gc.get_threshold(); gc.set_threshold(500, 5, 5); print(gc.get_threshold()); gc.set_threshold(*old)
def gen():
    g = [None]; g[0] = (x for x in g); yield weakref.ref(n := N()); g.append(n)
class F:
    def __del__(self): print("finalized", self.name)
f = F(); f.me = f; f.name = "cycle"; del f; print("collect", gc.collect() > 0); e = None
try: raise ValueError
except ValueError as ex: e = ex; e.frame_holder = N(); wr = weakref.ref(e.frame_holder)
del e; gc.collect(); print(wr()); c = N(); print(any(x is c for x in gc.get_objects()), "N" in [type(x).__name__ for x in gc.get_referents([1, "a", c])]); fn = lambda: fn; wf = weakref.ref(fn); del fn; gc.collect(); print(wf())
for a in (("x",), (5,), (-1,)):
    try: print(gc.collect(*a) >= 0)
    except Exception as x: print(type(x).__name__, x)
