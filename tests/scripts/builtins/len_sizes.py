# len and the ways in which __len__ can be wrong
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for v in ("", "abc", b"ab", [1], (), {1: 2}, {1, 2}, range(5), range(0), bytearray(3), memoryview(b"abc"), 5, None, iter([]), (i for i in []), len):
    show(len, v)
def make(value):
    class L:
        def __len__(self): return value
    return L()
for v in (5, True, 0, -1, 2**63, "x", 1.5, None):
    show(len, make(v)); show(bool, make(v))
class I:
    def __index__(self): return 7
show(len, make(I())); show(len); show(len, [], []); show(len, obj=[])
class NoneLen:
    __len__ = None
show(len, NoneLen()); show(bool, NoneLen())
