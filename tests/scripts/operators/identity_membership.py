# is, is not, in, not in
print(None is None, 1 is not None, [] is [], () is (), True is True, ... is ..., NotImplemented is NotImplemented, int is int, (lambda x: x is x)([]), 1 in [1, 2], 3 not in (1, 2), "k" in {"k": 1}, 1 in {1: 2}, "b" in "abc", "" in "", "bc" in "abc", b"b" in b"abc", 98 in b"abc", 5 in range(10), 5.0 in range(10), None in [None], float("nan") in [float("nan")], [1] in [[1]], 2 in {1, 2}, (1, 2) in [(1, 2)], "x" not in [])
class In:
    def __contains__(self, v): return "truthy" if v else ""
class NoIn:
    def __iter__(self): return iter([1, 2])
class Old:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i
class Never: __contains__ = None
print(1 in In(), 0 in In(), 0 not in In(), 2 in NoIn(), 5 in NoIn(), 1 in Old(), 7 in Old())
for f in (lambda: 1 in Never(), lambda: 1 in 5, lambda: 1 in None, lambda: 1 in "a", lambda: None in "a", lambda: "a" in b"a", lambda: [] in {1}, lambda: {} in {1: 2}, lambda: 300 in b"a", lambda: 1 in object(), lambda: 1 not in 5):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
x = [1]; y = x; print(x is y, x == y, x is not [1], x is y is x, 1 < 2 in [2], (1 in [1]) is True, 1 in [1] in [[1]] if False else 1 in [1] == [1])
