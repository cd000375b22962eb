# subclasses of dict, __missing__, mapping arguments
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class M(dict):
    def __missing__(self, k): return ("missing", k)
class Logging(dict):
    def __getitem__(self, k): print("get", k); return super().__getitem__(k)
    def __setitem__(self, k, v): print("set", k); super().__setitem__(k, v)
    def __contains__(self, k): print("in", k); return True
m = M(a=1); print(m["a"], m["z"], m.get("z"), "z" in m, len(m), m, type(m.copy()).__name__, type(m | {}).__name__, M.fromkeys("a"), type(M.fromkeys("a")).__name__, m == {"a": 1}, repr(M()))
l = Logging(); l["x"] = 1; l.update(y=2); print(l["x"], l.get("y"), "q" in l, dict(l), {**l}, l.setdefault("w", 3), l.pop("w")); show(lambda: l["nope"])
class Map:
    def keys(self): return ["p", "q"]
    def __getitem__(self, k): return k * 2
print(dict(Map()), {**Map()}, (lambda **kw: kw)(**Map())); d = {}; d.update(Map()); print(d)
class NoKeys:
    def __getitem__(self, k): return k
class BadKeys:
    def keys(self): return 5
class Raises:
    def keys(self): return ["a"]
    def __getitem__(self, k): raise KeyError("inner")
show(lambda: {**NoKeys()}); show(dict, NoKeys()); show(dict, BadKeys()); show(dict, Raises()); show(lambda: {**Raises()}); show(lambda: {**5}); show(lambda: {**[1]}); show(lambda: (lambda **k: k)(**5)); show(lambda: (lambda **k: k)(**{1: 2}))
class Bad(dict):
    def __missing__(self, k): raise LookupError("custom " + k)
show(lambda: Bad()["x"]); show(Bad().pop, "x"); show(lambda: "%(k)s" % M()); show(lambda: "{k}".format_map(M()))
