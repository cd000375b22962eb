# copy and deepcopy of everything
import copy
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class P:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
class CC:
    def __copy__(self): return "copied"
    def __deepcopy__(self, memo): return ("deep", type(memo).__name__)
class R:
    def __init__(self, a): self.a = a
    def __reduce__(self): return R, (self.a + 1,)
class G:
    def __getstate__(self): return {"s": 1}
    def __setstate__(self, s): self.got = s
class N:
    def __new__(cls, a, b): self = super().__new__(cls); self.ab = (a, b); return self
    def __getnewargs__(self): return self.ab
class Sl:
    __slots__ = ("x", "y")
l = [1, [2, 3], {"k": [4]}]; s, d = copy.copy(l), copy.deepcopy(l); l[1].append(9); print(s, d, s[1] is l[1], d[1] is l[1]); p = P([1]); q, r = copy.copy(p), copy.deepcopy(p); p.v.append(2); print(q.v, r.v, q == p); print(copy.copy(CC()), copy.deepcopy(CC()), copy.copy(R(1)).a, copy.deepcopy(R(1)).a, copy.copy(G()).got, copy.deepcopy(N(1, [2])).ab)
sl = Sl(); sl.x = [1]; c = copy.deepcopy(sl); print(c.x, c.x is sl.x); show(lambda: c.y); cyc = []; cyc.append(cyc); dc = copy.deepcopy(cyc); print(dc[0] is dc, dc is cyc); shared = [1]; two = [shared, shared]; t = copy.deepcopy(two); print(t[0] is t[1], t[0] is shared); dd = {"self": None}; dd["self"] = dd; e = copy.deepcopy(dd); print(e["self"] is e)
for v in (1, "s", (1, 2), None, 1.5, b"b", frozenset([1]), range(3), len, P, lambda: 0, ..., type, 1j, slice(1)): print(copy.copy(v) is v, copy.deepcopy(v) is v, end=" ")
print(); tup = ([1],); print(copy.deepcopy(tup) is tup, copy.copy(tup) is tup, copy.deepcopy(((1,),)) is ((1,),) if False else ""); show(copy.copy, (i for i in ())); show(copy.deepcopy, open("/dev/null")); show(lambda: type(copy.copy(iter([1, 2]))).__name__); print(copy.copy({1: [2]}), copy.deepcopy({1, 2}), copy.copy(bytearray(b"x")), copy.deepcopy({"a": (1, [2])}), copy.copy(set([1])))
class Ex(Exception):
    def __init__(self, a, b): super().__init__(a, b); self.n = 1
x = copy.copy(Ex(1, 2)); print(x.args, x.n); import collections; print(copy.copy(collections.OrderedDict(a=1)), copy.deepcopy(collections.deque([[1]], 5)), copy.copy(collections.Counter("aab")), copy.deepcopy(collections.defaultdict(list, a=[1])))
class L(list): pass
y = L([1, [2]]); y.attr = [3]; z = copy.deepcopy(y); print(type(z).__name__, z, z.attr, z[1] is y[1], copy.copy(y).attr is y.attr); show(copy.copy); show(copy.deepcopy, 1, 2, 3, 4); m = {}; k = [1]; copy.deepcopy(k, m); print(id(k) in m); show(lambda: copy.replace(1))
