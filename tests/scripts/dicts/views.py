# dict views: live, set operations, comparison
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


d = {"a": 1, "b": 2}; k, v, i = d.keys(), d.values(), d.items()
d["c"] = 3; print(k, v, i, len(k), "c" in k, 3 in v, ("c", 3) in i, ("c", 4) in i, "c" in i, list(reversed(k)), list(reversed(v)), list(reversed(i)))
print(sorted(k & {"a", "z"}), sorted(k | ["q"]), sorted(k - {"a"}), sorted(k ^ {"a", "z"}), sorted(i & {("a", 1)}), k == {"a", "b", "c"}, k == ["a", "b", "c"], k <= {"a", "b", "c", "d"}, k < {"a", "b", "c"}, k > {"a"}, k.isdisjoint({"z"}), i.isdisjoint([("a", 1)]), i == d.items(), v == d.values(), {"a"} | k == {"a", "b", "c"}, type(k & k).__name__, k.mapping == d, type(k.mapping).__name__, v.mapping)
for f in (lambda: k[0], lambda: k + k, lambda: v & v, lambda: k & 5, lambda: hash(k), lambda: k.add, lambda: k < [1], lambda: next(k), lambda: len(iter(k)), lambda: k.isdisjoint(5), lambda: [] in k, lambda: [] in v, lambda: 5 in i, lambda: ("a", 1, 2) in i, lambda: d.keys(1), lambda: i | {1: 2}, lambda: {"x": []}.items() & {1}, lambda: type(k)()):
    show(f)
for n in iter(d), iter(k), iter(v), iter(i), reversed(d): print(type(n).__name__, n.__length_hint__(), next(n), n.__length_hint__())
