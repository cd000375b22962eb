# bin, hex and oct of ints of any size and of objects with __index__
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class I:
    def __index__(self): return 255
class Bad:
    def __index__(self): return "x"
for f in (bin, oct, hex):
    for v in (0, 1, -1, 255, -255, 2**64, -2**100, True, I(), Bad(), 1.0, "1", None):
        show(f, v)
    show(f); show(f, 1, 2)
