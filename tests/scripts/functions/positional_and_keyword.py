# binding of positional and keyword arguments
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


def f(a, b=2, *args, c, d=4, **kw): return a, b, args, c, d, kw
show(f, 1, c=3); show(f, 1, 2, 3, 4, c=5, e=6); show(f, a=1, c=2); show(f, c=1); show(f, 1); show(f, 1, 2, b=3, c=4); show(f, 1, c=2, c2=3); show(f, *[1, 2, 3], **{"c": 4, "z": 5}); show(f, *"ab", c=1, *[9])
