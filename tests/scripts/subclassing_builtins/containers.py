# subclasses of list, tuple, dict, set with overridden methods
class L(list):
    def __getitem__(self, i): return ("got", super().__getitem__(i)) if isinstance(i, int) else L(super().__getitem__(i))
    def append(self, v): super().append(v * 2)
    def __iter__(self): return iter(["custom"])
    def __len__(self): return 42
    def __contains__(self, v): return v == "magic"
    def __repr__(self): return "L!" + super().__repr__()
l = L([1, 2, 3]); l.append(5); print(l, l[0], l[1:], len(l), "magic" in l, 1 in l, list(l), [*l], sorted(l), l + [1], type(l + [1]).__name__, type(l * 2).__name__, type(l.copy()).__name__, l == [1, 2, 3, 10], l.index(2), l.count(1), list.__len__(l), bool(L()), tuple(l), sum(L([1, 2]) if False else [1]), l.pop(), list.__repr__(l)); l.x = 1; print(l.__dict__, l.x); a, = l; print(a)
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
    def __getitem__(self, i): return "T" + str(super().__getitem__(i))
    def __add__(self, o): return T(*super().__add__(tuple(o)))
t = T(1, 2); print(t, t[0], t + [3], type(t + [3]).__name__, list(t), hash(t) == hash((1, 2)), t == (1, 2), "%s %s" % t, {t: 1}[(1, 2)], t.count(1), type(t[:]).__name__ if False else tuple.__getitem__(t, slice(0, 1)))
class D(dict):
    def __getitem__(self, k): return ("get", super().__getitem__(k))
    def __setitem__(self, k, v): super().__setitem__(k, v + 1)
    def __iter__(self): return iter(["x"])
    def __contains__(self, k): return False
    def keys(self): return ["keys!"]
    def get(self, k, d=None): return "get!"
d = D(a=1); d["b"] = 1; d.update(c=1); d.setdefault("d", 1); print(d, d["a"], d.get("a"), "a" in d, list(d), d.keys(), list(d.items()), len(d), dict(d) if False else sorted(dict.keys(d)), d == {"a": 1, "b": 2, "c": 1, "d": 1}, {**d} if False else "", "%(a)s" % d, "{a}".format(**{"a": 1}), d.pop("a"), repr(d))
class S(set):
    def add(self, v): super().add(("wrapped", v))
    def __contains__(self, v): return True
    def __len__(self): return 7
s = S([1]); s.add(2); print(sorted(map(str, s)), 99 in s, len(s), type(s | {1}).__name__, type(s - {1}).__name__, s == {1, ("wrapped", 2)}, bool(S()), type(s.copy()).__name__)
import copy; e = copy.deepcopy(l); print(type(e).__name__, list.__repr__(e), e.x, e.x is l.x, copy.copy(t), type(copy.copy(d)).__name__, copy.copy(s) == s)
