# what is one key, insertion order, deletion and re-insertion
d = {1: "int", 1.0: "float", True: "bool", "1": "str"}
print(d, d[1], len(d)); d = dict.fromkeys([3, 1, 2]); d[1] = 5; del d[3]; d[3] = 7; print(d, list(d), list(reversed(d)))
d = {}; 
for i in range(20): d[i] = i
for i in range(0, 20, 2): del d[i]
d[0] = "again"; print(d, next(iter(d)), d.popitem(), list(d.items())[-1])
class K:
    def __init__(self, v): self.v = v
    def __hash__(self): return 1
    def __eq__(self, o): return isinstance(o, K) and self.v == o.v
    def __repr__(self): return "K%d" % self.v
d = {K(i): i for i in range(5)}; print(d, d[K(3)], K(9) in d); del d[K(2)]; d[K(2)] = "new"; print(d); d[K(0)] = "replaced"; print(d, len(d))
nan = float("nan"); n = {nan: 1}; print(nan in n, float("nan") in n, n.get(nan)); print({(1, 2): 3}[1, 2], {None: 1, ...: 2}[...], {frozenset([1]): 1}[frozenset([1])], {0: 1, -0.0: 2, False: 3, 0j: 4})
print({**{"a": 1}, "a": 2, **{"b": 3}}, {"x": 1} == {"x": 1.0}, {1: {2: {3: 4}}}[1][2][3], dict(b=1, a=2) == dict(a=2, b=1), list(dict(b=1, a=2)))
class BadHash:
    def __hash__(self): raise RuntimeError("no hash")
class BadEq:
    def __hash__(self): return 5
    def __eq__(self, o): raise RuntimeError("no eq")
for f in (lambda: {BadHash(): 1}, lambda: {}[BadHash()], lambda: {5: 1}[BadEq()], lambda: {BadEq(): 1, 5: 2}, lambda: {BadEq(): 1}.get(5), lambda: BadEq() in {5: 1}):
    try: print(f())
    except RuntimeError as e: print(e)
