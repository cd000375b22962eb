# unpacking: nested, starred, every iterable, errors
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


a, b = 1, 2; [c, d] = "xy"; (e), = [5]; f, *g = range(4); *h, i = "abc"; j, *k, l = (1, 2); (m, (n, *o)), p = (1, (2, 3, 4)), 5; *q, = {1: 2}; r, s = {"a": 1, "b": 2}; t, u = (v for v in "tu"); w, x = {3: 1}.popitem()
print(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, w, x); a, b, a = 1, 2, 3; print(a, b); a, b = b, a; print(a, b); [*y] = (); print(y); (z, *_), *_ = [(1, 2, 3)], 4; print(z, _)
def un(n, v):
    if n == 0: () = v
    elif n == 1: a, = v
    elif n == 2: a, b = v
    elif n == 3: a, *b, c = v
    return "ok"
for v in ((), [1], (1, 2), "abc", {1, 2}, {}, iter([1]), 5, None, (i for i in range(3)), range(2), b"ab"):
    for n in range(4): show(un, n, v if not hasattr(v, "__next__") else list(v))
class It:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        print("next", end=" ")
        if self.n == 0: raise StopIteration
        self.n -= 1; return self.n
show(un, 2, It(2)); show(un, 2, It(5)); show(un, 2, It(1)); show(un, 3, It(4))
class Bad:
    def __iter__(self): raise KeyError("iter")
class NotIt:
    def __iter__(self): return 5
class Sized:
    def __len__(self): return 2
show(un, 2, Bad()); show(un, 2, NotIt()); show(un, 2, Sized()); show(un, 2, 1.5); show(un, 2, len); show(un, 2, [1] * 100)
class T:
    def __setattr__(self, n, v): print("set", n, v)
    def __setitem__(self, k, v): print("item", k, v)
t = T(); t.a, t[0], *t.rest = 1, 2, 3, 4; (t.b, [t[1], t[2]]) = (5, (6, 7))
