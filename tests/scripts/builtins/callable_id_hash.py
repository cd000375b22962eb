# what is callable; identity; equal numbers hash alike
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class C:
    def __call__(self): return 1
    def m(self): pass
class D: pass
d = D(); d.__call__ = lambda: 1
print([callable(x) for x in (len, C, C(), C().m, D, d, lambda: 0, 1, "a", None, print, [].append, staticmethod(len))])
print(hash(1) == hash(1.0) == hash(True) == hash(1 + 0j), hash(2**61 - 1), hash(-1), hash(-2), hash(0.5), hash(float("inf")), hash(-float("inf")), hash(2**100), hash(-2**100))
print(hash(()) == hash(()), hash((1, 2)) == hash((1, 2)), hash(frozenset([1, 2])) == hash(frozenset([2, 1])), hash(None) == hash(None), hash(range(0)) == hash(range(5, 5)))
for v in ([], {}, set(), bytearray(), slice(1)):
    show(hash, v)
class E:
    def __eq__(self, other): return True
class F:
    def __hash__(self): return 2**70 + 5
class G:
    def __hash__(self): return "x"
class H:
    __hash__ = None
show(hash, E()); show(hash, F()); show(hash, G()); show(hash, H())
x = []; print(id(x) == id(x), id([]) != id(x)); show(id); show(callable); show(hash, 1, 2)
