# sorted and reversed: keys, stability, reverse, errors
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


show(sorted, [3, 1, 2]); show(sorted, "hello"); show(sorted, {"b": 1, "a": 2}); show(sorted, [3, 1, 2], reverse=True); show(sorted, ["bb", "a", "ccc"], key=len); show(sorted, ["b", "A", "c"], key=str.lower); show(sorted, [1, "a"]); show(sorted, [1j, 2j]); show(sorted, 5); show(sorted); show(sorted, [2, 1], None); show(sorted, [1], key=5); show(sorted, [(1, "z"), (0, "y"), (1, "a")], key=lambda t: t[0]); show(sorted, [1, 2, 3], key=lambda v: -v, reverse=True); show(sorted, [True, 2, 0.5]); show(sorted, [[2], [1, 5], [1]]); show(sorted, [1, 2], reverse="x"); show(sorted, [1], what=1)
print(sorted([(i % 3, i) for i in range(9)], key=lambda t: t[0], reverse=True))
show(lambda: list(reversed([1, 2]))); show(lambda: list(reversed("ab"))); show(lambda: list(reversed((1, 2)))); show(lambda: list(reversed({1: 2, 3: 4}))); show(lambda: list(reversed({1: 2}.items()))); show(reversed, {1}); show(reversed, 5); show(reversed, iter([])); show(reversed)
class R:
    def __reversed__(self): return "whatever"
class S:
    def __len__(self): return 3
    def __getitem__(self, i): return i * i
class N(list):
    __reversed__ = None
print(reversed(R()), list(reversed(S()))); show(reversed, N()); r = reversed([1, 2, 3]); print(next(r), r.__length_hint__(), list(r), next(r, "end"), type(r).__name__)
class LT:
    def __init__(self, v): self.v = v
    def __lt__(self, o): print("lt", self.v, o.v); return self.v < o.v
print([x.v for x in sorted([LT(2), LT(1), LT(3)])])
