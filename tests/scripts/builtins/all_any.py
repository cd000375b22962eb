# all and any stop at the first answer, and pass errors on
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


def noisy(*values):
    for v in values:
        print("->", v, end=" ")
        yield v
    print("end", end=" ")

show(all, noisy(1, 2, 0, 3)); show(any, noisy(0, "", 5, 6)); show(all, []); show(any, []); show(all, noisy(1, [1])); show(any, noisy(0, None))
class Bad:
    def __bool__(self): raise ValueError("no truth")
show(all, [Bad()]); show(any, [0, Bad()]); show(all, 5); show(any, None); show(all); show(any, [1], [2])
class LenOnly:
    def __len__(self): return 0
class BadLen:
    def __len__(self): return -1
class NotBool:
    def __bool__(self): return 1
show(all, [LenOnly()]); show(any, [BadLen()]); show(any, [NotBool()])
