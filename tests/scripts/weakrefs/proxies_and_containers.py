# proxies, WeakValueDictionary, WeakKeyDictionary, WeakSet
import weakref, gc
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class C:
    def __init__(self, v): self.v = v
    def __repr__(self): return f"C{self.v}"
    def __len__(self): return 3
    def __getitem__(self, k): return k
    def __add__(self, o): return "add"
    def __call__(self): return "called"
    def m(self): return "m"
c = C(1); p = weakref.proxy(c); print(p.v, len(p), p[5], p + 1, p(), p.m(), repr(p)[:10], str(p), type(p).__name__, isinstance(p, C), bool(p), p == p); p.new = 5; print(c.new); del p.new; show(hash, p); show(lambda: p.nope); del c; show(lambda: p.v); show(lambda: p + 1); show(len, p); show(str, p)
d = weakref.WeakValueDictionary(); a, b = C("a"), C("b"); d["a"], d["b"] = a, b; print(len(d), sorted(d), d["a"], d.get("z"), "b" in d, sorted(map(repr, d.values()))); del b; print(len(d), list(d.items())); show(lambda: d["b"]); show(d.__setitem__, "k", 5); print(d.pop("a"), len(d), d.setdefault("a", a), dict(d))
k = weakref.WeakKeyDictionary(); x, y = C("x"), C("y"); k[x] = 1; k[y] = 2; print(len(k), k[x], x in k, sorted(k.values())); del x; print(len(k), list(k.items())); show(lambda: k["not weak"]); show(k.__setitem__, 5, 1)
s = weakref.WeakSet([a, y]); print(len(s), a in s); del a; d.clear(); gc.collect(); print(len(s), list(s)); s.add(y); s.discard(y); print(len(s))
