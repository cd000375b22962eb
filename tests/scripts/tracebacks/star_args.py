# calls with stars
def f(a, b=1, *, c): return a
args, kwargs = (1, 2, 3), {"d": 4}
f(*args, **kwargs)
