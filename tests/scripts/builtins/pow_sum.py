# pow with a modulus; sum with starts and over odd things
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for args in ((2, 10), (2, -1), (2, 0.5), (-8, 1/3), (0, 0), (0, -1), (0.0, -1), (2, 100, 7), (2, -1, 7), (2, -1, 4), (3, 5, -7), (2, 3, 0), (2.0, 3, 5), (2, 3, 1), (-3, 3, 5), (10**20, 10**5, 10**9 + 7), ("a", 2), (2, "a"), (1j, 2), (2, 1j), (2,), (True, False)):
    show(pow, *args)
show(pow, base=2, exp=3, mod=5); show(pow, 2, 3, None); show(pow, 2, 3, mod=4)
show(sum, [1, 2, 3]); show(sum, []); show(sum, [], 5); show(sum, [0.1] * 10); show(sum, [1, 2.5, 3 + 1j]); show(sum, [[1], [2]], []); show(sum, ["a"], ""); show(sum, [b"a"], b""); show(sum, [bytearray()], bytearray()); show(sum, ["a", "b"]); show(sum, 5); show(sum, [1], start=10); show(sum); show(sum, [None]); show(sum, ((1,), (2,)), ()); show(sum, [True, True]); show(sum, [2**62, 2**62, 2**62]); show(sum, {1: 2, 3: 4}); show(sum, range(101))
class P:
    def __pow__(self, o, m=None): return ("pow", o, m)
    def __rpow__(self, o): return ("rpow", o)
show(pow, P(), 2); show(pow, P(), 2, 3); show(pow, 2, P()); show(pow, 2, P(), 3)
