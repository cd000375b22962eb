d = {"a": 1, "b": 2}
d["c"] = 3; print(d, d.get("z"), d.get("z", 0), d.pop("a"), d.pop("q", None), d.setdefault("n", []), d.popitem(), len(d))
d.update({"x": 9}, y=8); print(d, list(d), list(d.values()), list(d.items()), "x" in d, d.keys() & {"x", "zz"})
print(d | {"x": 0}, {1: 2} == {1: 2}, dict([(1, 2)], a=3), dict.fromkeys("ab", 0), {1: "a", 1.0: "b", True: "c"})
for k in list(d): del d[k]
print(d, bool(d), list(reversed({1: 2, 3: 4})), {**{1: 2}}, {"a": {"b": 1}}["a"]["b"])
try:
    e = {1: 1}
    for k in e: e[k + 1] = 1
except RuntimeError as ex: print(ex)
for f in [lambda: {}["k"], lambda: {[]: 1}, lambda: {}.popitem(), lambda: dict([1]), lambda: {1: 2} < {}, lambda: {1, []}, lambda: {1}.remove(2), lambda: frozenset([1]).add(1), lambda: set(5)]:
    try: print(f())
    except Exception as ex: print(type(ex).__name__, ex)
s = {3, 1, 2}
s.add(4); s.discard(9); print(s, s | {7}, s & {1, 2}, s - {1}, s ^ {1, 9}, {1} <= s, s >= {1}, s.isdisjoint({9}), 1 in s, len(s))
s.update([5, 6]); s -= {5}; s |= {8}; s &= {1, 2, 8}; print(s, s.union([0]), s.pop() in (1, 2, 8), frozenset([1, 2]) == {1, 2}, hash(frozenset([1])) == hash(frozenset([1])))
print(set(), {i % 3 for i in range(9)}, sorted(set("hello")), set([1, 2]) == set([2, 1]), {frozenset([1]): 2}, set(range(20)), {10, 100, 1000, 5})
r = {}; r["self"] = r; print(r)
print({i: i * i for i in range(5)}, {(1, 2): 3}[1, 2], list({"b": 1, "a": 2}), dict(zip("ab", [1, 2])), type({}.keys()), {1: 2}.items())
big = {i: str(i) for i in range(1000)}
for i in range(0, 1000, 2): del big[i]
print(len(big), list(big)[:5], big[999], 2 in big)
