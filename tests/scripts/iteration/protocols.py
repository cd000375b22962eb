# iterators of every kind: exhaustion, sharing, length hints, reversal
import operator
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


its = [iter([1, 2]), iter((1, 2)), iter("ab"), iter(b"ab"), iter({1: 2, 3: 4}), iter({1: 2}.items()), iter({5}), iter(range(3)), iter(bytearray(b"xy")), iter(memoryview(b"q")), reversed([1, 2]), reversed("ab"), reversed(range(3)), enumerate("ab"), zip("ab", "cd"), map(str, [1]), filter(None, [1]), iter(lambda: 5, 5), (i for i in "g"), reversed({1: 2})]
for it in its:
    print(type(it).__name__, operator.length_hint(it, -1), iter(it) is it, next(it, "none"), list(it), list(it), next(it, "end"))
l = [1, 2, 3]; i = iter(l); j = iter(l); print(next(i), next(i), next(j), list(zip(i, j))); n = iter("abcd"); print([a + b for a, b in zip(n, n)], list(n)); m = iter([1, 2, 3, 4]); print([x for x in m if x != 2 or next(m)], 3 in iter([1, 3, 5]))
k = iter([1, 2, 3, 4]); print(2 in k, list(k)); e = iter([]); show(next, e); show(next, e, None); 
class Countdown:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n <= 0: raise StopIteration
        self.n -= 1; return self.n + 1
print(list(Countdown(3)), max(Countdown(4)), sum(Countdown(4)), sorted(Countdown(3)), tuple(Countdown(2)), set(Countdown(2)), dict(zip(Countdown(2), "ab")), "-".join(map(str, Countdown(3))), [*Countdown(2)], 2 in Countdown(3), any(Countdown(1)), list(enumerate(Countdown(2))), bytes(Countdown(3)), dict.fromkeys(Countdown(2)))
class Broken:
    def __iter__(self): return self
    def __next__(self): raise ValueError("broken")
for f in (list, tuple, set, sum, max, sorted, any, dict.fromkeys, bytes, lambda x: [*x], lambda x: 1 in x, lambda x: "".join(x), lambda x: list(zip(x)), lambda x: list(map(str, x)), lambda x: [i for i in x], enumerate, iter): show(f, Broken()) if f not in (enumerate, iter) else None
