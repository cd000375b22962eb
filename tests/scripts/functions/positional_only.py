# parameters before /
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


def f(a, b=2, /, c=3, *, d=4): return a, b, c, d
show(f, 1); show(f, 1, 2, 3, d=5); show(f, a=1); show(f, 1, b=2); show(f, 1, c=9); show(f, 1, 2, 3, 4); show(f); show(f, a=1, b=2)
def g(a, /, **kw): return a, kw
show(g, 1, a=2, b=3); show(g, a=1); l = lambda x, /: x; show(l, 1); show(l, x=1)
def h(a, b, /, *, c): pass
show(h); show(h, 1); show(h, 1, 2); show(h, 1, b=2, c=3)
