# tuples: methods, subscripts, operators, comparison, errors
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


t = (1, "a", [2], 1)
print(t[0], t[-1], t[1:3], t[::-1], t + (5,), t * 2, 0 * t, len(t), t.count(1), t.index("a"), t.index(1, 1), "a" in t, 5 in t, (1, 2) < (1, 3), (1,) < (1, 0), () < (0,), (1, 2) == (1, 2), (1,) == [1], hash((1, 2)) == hash((1, 2)), (1, 2) != (1, 3), tuple(), tuple("ab"), tuple([1]), tuple(t) is t, t[:] is t, (1,), (), ((),), 1, *t[:2])
for f in (lambda: t[9], lambda: t["a"], lambda: t[1.0], lambda: t.index(9), lambda: t.index(1, 4), lambda: t.index(), lambda: t.count(), lambda: hash(t), lambda: t + [1], lambda: t * 1.5, lambda: t < [1], lambda: (1,) < ("a",), lambda: tuple(5), lambda: tuple(1, 2), lambda: tuple(sequence=()), lambda: t.append, lambda: t.__setitem__, lambda: -t, lambda: t - t, lambda: t(), lambda: t[1, 2], lambda: (1, 2).__add__([1]), lambda: tuple.__new__(5), lambda: tuple.__new__(tuple, "xy"), lambda: t * 2**62):
    show(f)
def store(): t[0] = 1
def remove(): del t[0]
def inner(): t[2] += [3]
def extend():
    global t
    t += (9,)
show(store); show(remove); show(inner); print(t); show(extend); print(t)
class T(tuple):
    def __new__(cls, *items): return super().__new__(cls, items)
x = T(1, 2); x.name = "n"; print(x, repr(x), type(x + (3,)).__name__, type(x[:]).__name__, type(x * 1).__name__, x == (1, 2), hash(x) == hash((1, 2)), x.name, isinstance(x, tuple), tuple(x), type(tuple(x)).__name__)
