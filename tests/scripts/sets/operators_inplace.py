# in-place operators, mixed types, subclasses, sets in sets
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


s = {1, 2}; t = s; s |= {3}; print(t is s, sorted(t)); s &= {1, 3}; s -= {1}; s ^= {3, 4}; print(sorted(t)); f = frozenset([1]); g = f; f |= {2}; print(sorted(f), sorted(g), type(f).__name__)
def bad(op):
    s = {1}
    exec(f"s {op} [2]", {"s": s})
for op in ("|=", "&=", "-=", "^="): show(bad, op)
print(type({1} | frozenset([2])).__name__, type(frozenset([1]) | {2}).__name__, {1} == frozenset([1]), {frozenset([1]): "x"}[frozenset([1])], {1} in {frozenset([1])}, {1, True, 1.0}, len({0, False, 0.0, ""}), {*[1, 2], *(2, 3)} == {1, 2, 3}, set() == set(), not set(), {(): 1}, set("abc") == set("cba"))
class S(set):
    def __init__(self, it=(), name=None): super().__init__(it); self.name = name
class F(frozenset): pass
a = S([1, 2], name="n"); print(sorted(a), a.name, type(a | {3}).__name__, type(a.copy()).__name__, type(a & a).__name__, a == {1, 2}, repr(S([1])), repr(F([1])), type(F([1]) | F([2])).__name__, type(F([1]).copy()).__name__, hash(F([1])) == hash(frozenset([1])))
s = {1}; s.add(frozenset(s)); print(frozenset([1]) in s, {1} in s); s.discard({1}); print(s); show(hash, set()); show(lambda: {1} < 5); show(lambda: {1} <= [1]); show(lambda: {{1}}); show(lambda: {1: 2} | {3}); print({1, 2} < {1, 2, 3}, {1} < {2}, {1} > {2}, {1} == {2}, sorted([{1, 2}, {1}, set()], key=len), set(range(5)) - set(range(3)) == {3, 4}, {1, 2, 3}.difference({1}, {2}), repr({"a"}), repr(frozenset()), bool({0}))
r = set(); print(r.union({1}, [2], "3") == {1, 2, "3"}, frozenset("ab").isdisjoint("cd"), {1, 2}.issubset(range(3)), iter({1}).__length_hint__())
