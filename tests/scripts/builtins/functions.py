print(abs(-3), all([1, 0]), any([0, 1]), ascii("é"), bin(5), callable(len), chr(97), divmod(7, 2), hex(255), oct(8), ord("a"), pow(2, 3), repr("a"), round(2.567, 2))
print(list(enumerate("ab")), list(zip("ab", [1, 2], strict=True)), list(map(lambda x, y: x + y, [1, 2], [3, 4])), sorted([3, 1], reverse=True), sum([[1], [2]], []), max([1, 2], key=lambda v: -v), min([], default=5))
print(isinstance(1, (int, str)), issubclass(bool, int), isinstance([], list | None), type(1), id(None) == id(None), hash(5), len({1: 2}), getattr(1, "real"), hasattr(1, "zz"))
print(eval("1 + x", {"x": 2}), eval("[i for i in range(3)]"), compile("1+1", "f", "eval"), exec("a = 5") or a) if False else None
ns = {}
exec("def f(n): return n * 2\ny = f(4)", ns); print(ns["y"], eval("y + z", ns, {"z": 1}))
it = iter([1, 2, 3]); print(next(it), next(it), next(it), next(it, "end"), list(iter(iter([5, 6, 0]).__next__, 0)))
print(slice(1, 5, 2), slice(1, 5, 2).indices(4), range(1, 10, 3), list(range(10, 0, -3)), range(5)[1:3], 3 in range(5), len(range(0, 100, 7)), range(0) == range(1, 1), range(10).index(5), list(reversed(range(3))))
print(list(reversed("abc")), format(3.14159, ".3f"), vars(type("T", (), {"a": 1}))["a"], dir(type("T", (), {"zz": 1})())[-1], globals()["ns"] is ns, __name__)
def loc():
    a = 1; b = 2
    return locals()
print(loc())
for f in [lambda: next(iter([])), lambda: iter(5), lambda: zip([1], [], strict=True).__next__(), lambda: eval("1 +"), lambda: exec("x ="), lambda: max([]), lambda: sum(["a"]), lambda: round(1, 2, 3), lambda: isinstance(1, 5), lambda: getattr(1, "nope"), lambda: int.foo, lambda: type(1, 2), lambda: super().x, lambda: open("/nonexistent"), lambda: __import__("nope"), lambda: range(1, 2, 0), lambda: enumerate(), lambda: sorted(5), lambda: print(sep=5), lambda: compile("x", "f", "bad"), lambda: breakpoint.foo]:
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
print(print("a", "b", sep="-", end="!\n"), object() == object(), NotImplemented, Ellipsis, ..., __debug__)
print(isinstance(print, type(len)), int.__doc__[:10], len.__name__, [].append.__self__, str.upper("a"), list.__add__([1], [2]), (5).__add__(3), int.__mro__)
