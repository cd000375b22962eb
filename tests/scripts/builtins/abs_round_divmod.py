# abs, round and divmod over ints, floats, complex, bools and classes of one's own
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class N:
    def __abs__(self): return "abs"
    def __round__(self, *n): return ("round", n)
    def __divmod__(self, other): return ("divmod", other)
    def __rdivmod__(self, other): return ("rdivmod", other)

for v in (0, -5, 5, -2**70, 2.5, -0.0, float("-inf"), 3 + 4j, True, N(), "x", None):
    show(abs, v)
for v in (0.5, 1.5, 2.5, -0.5, -1.5, 2.675, 1e300, 7, -7, True, N(), 2j, "1"):
    show(round, v)
for v, n in ((2.675, 2), (1234.5678, -2), (15, -1), (25, -1), (35, -1), (-15, -1), (10**30 + 5, -1), (1.5, None), (3, 10), (0.1, 400), (1e22, -400), (N(), 3), (1.0, 1.0), (1, "a")):
    show(round, v, n)
for a, b in ((7, 2), (-7, 2), (7, -2), (-7, -2), (7.5, 2), (-7.5, 2), (2**80, 3**20), (1, 0), (1.0, 0.0), (True, 2), (N(), 1), (1, N()), (1, "a"), (1j, 1)):
    show(divmod, a, b)
show(abs); show(abs, 1, 2); show(divmod, 1); show(round); show(round, 1, 2, 3); show(round, number=2.5, ndigits=0)
for x in (float("inf"), float("nan")):
    show(round, x); show(round, x, 2)
