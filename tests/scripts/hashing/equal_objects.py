# equal values hash alike; hash of containers; what has none
import math
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


pairs = [(1, 1.0), (1, True), (0, False), (0.0, -0.0), (2**64, float(2**64)), (1, 1 + 0j), (0.5, 0.5 + 0j), (-1, -1.0), ((1, 2), (1.0, 2)), (frozenset([1, 2]), frozenset([2.0, 1])), (range(3), range(0, 3, 1)), (range(0), range(2, 2)), ("a" + "b", "ab"), (b"ab", memoryview(b"ab")), (10**20, 10**20 + 0.0), (math.inf, float("1e999"))]
for a, b in pairs: print(a == b, hash(a) == hash(b), end=" ")
print(); print(hash(0), hash(1), hash(-1), hash(-2), hash(2**61 - 2), hash(2**61 - 1), hash(2**61), hash(-(2**61)), hash(10**100) == hash(10**100), hash(0.1), hash(-0.1), hash(1e300), hash(math.inf), hash(-math.inf), hash(1j), hash(1 + 1j), hash(None) == hash(None), hash(()), hash((1,)), hash((1, 2, 3)), hash(((),)), hash((0, 0)), hash(frozenset()), hash(frozenset([1])), hash(frozenset([1, 2, 3])), hash(3.14), hash(True), hash(2.5), hash(100000.0))
nan = float("nan"); print(hash(nan) == hash(nan), {nan: 1}[nan], len({nan, nan}), len({float("nan"), float("nan")}))
for v in ([], {}, set(), bytearray(), slice(1), [].append, (1, []), frozenset, {}.keys(), memoryview(bytearray(b"x"))): show(lambda: hash(v) is not None)
class A:
    def __eq__(self, o): return True
class B(A):
    __hash__ = A.__hash__
class C(A):
    def __hash__(self): return 7
class D(C):
    def __eq__(self, o): return False
class H:
    def __init__(self, h): self.h = h
    def __hash__(self): return self.h
for f in (A, B, C, D): show(lambda: hash(f()))
for h in (0, -1, 2**61 - 1, 2**63, -2**63, 2**200, True, 1.0, "x", None): show(lambda: hash(H(h)))
x, y = H(1), H(1); d = {x: "x", y: "y"}; print(len(d), d[x], d[y], H(1) in d); print(object.__hash__(x) == object.__hash__(x), type.__hash__(int) == hash(int), int.__hash__(5), str.__hash__("a") == hash("a")); show(int.__hash__, "x"); show(list.__hash__, []) if list.__hash__ else print(list.__hash__)
