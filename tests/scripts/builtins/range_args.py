# range: arguments, indexing, slices, comparison, membership, attributes
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for args in ((), (5,), (2, 5), (5, 2), (0, 10, 3), (10, 0, -3), (0, 1, 0), (1.0,), ("a",), (1, 2, 3, 4), (2**70,), (True,), (None,)):
    show(range, *args)
r = range(0, 20, 3)
print(list(r), len(r), r[2], r[-1], r[1:4], r[::-1], r[::2], r.start, r.stop, r.step, r.index(9), r.count(9), r.count(10), 9 in r, 10 in r, 9.0 in r, "a" in r)
show(lambda: r[7]); show(lambda: r[-8]); show(lambda: r["a"]); show(lambda: r[1.0]); show(r.index, 10); show(r.index, "a"); show(lambda: range(3, step=1)); show(lambda: r[::0])
print(range(0) == range(2, 1), range(0, 3, 2) == range(0, 4, 2), range(3) == [0, 1, 2], range(3) != range(4), hash(range(0)) == hash(range(1, 1)), bool(range(0)), bool(range(1)))
big = range(2**65, 2**65 + 10, 4); print(list(big), len(big), big[1], big[-1], 2**65 + 4 in big, list(reversed(big)), repr(big[1:])); show(len, range(2**70)); show(lambda: range(2**70)[2**69]); show(lambda: range(2**70)[2**69:2**69 + 2])
show(lambda: range(3) < range(4)); show(lambda: range(3) + range(2)); show(setattr, r, "start", 5); print(list(reversed(range(5, 0, -2))), [*range(-3, 3)], sum(range(10, 0, -1)), max(range(5)), repr(range(1, 10, 1)), str(range(3)), r == range(0, 19, 3))
it = iter(range(3)); print(next(it), it.__length_hint__(), list(it), type(it).__name__)
