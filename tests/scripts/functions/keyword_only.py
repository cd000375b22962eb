# parameters behind *
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


def f(*, a, b=2): return a, b
def g(x, *rest, key=None): return x, rest, key
show(f, a=1); show(f); show(f, 1); show(f, 1, a=2); show(f, a=1, c=3); show(f, b=1); show(g, 1, 2, key=3); show(g, 1, 2, 3); print(f.__kwdefaults__); f.__kwdefaults__ = {"a": 7}; show(f); show(f, b=1)
def three(*, x, y, z): pass
show(three); show(three, x=1); show(three, x=1, y=2, w=3)
