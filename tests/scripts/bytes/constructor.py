# bytes and bytearray from everything
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class B:
    def __bytes__(self): return b"B!"
class Bad:
    def __bytes__(self): return "x"
class I:
    def __index__(self): return 3
for T in (bytes, bytearray):
    for args in ((), (3,), (0,), (-1,), ([1, 2, 255],), ([256],), ([-1],), (["a"],), ([1.0],), ("abc",), ("abc", "ascii"), ("\xe9", "ascii"), ("\xe9", "latin-1", "strict"), ("a", 5), (b"xy",), (bytearray(b"q"),), (memoryview(b"mv"),), (range(3),), ((i for i in (65, 66)),), ({1, 2},), (None,), (1.5,), (B(),), (Bad(),), (I(),), (2**70,), (b"a", "ascii"), (5, "ascii"), ([I()],), ("a", "b", "c", "d"), (True,)):
        show(T, *args)
    show(T, source=b"a"); show(T, "a", encoding="utf-8"); show(T, encoding="utf-8"); show(T, x=1); show(T.fromhex, "00 ff7F"); show(T.fromhex, "0"); show(T.fromhex, "zz"); show(T.fromhex, "a b"); show(T.fromhex, 5); show(T.fromhex, "\u0661\u0661"); show(T.fromhex, "")
