def f(a, b=2, *args, c, d=4, **kw): return a, b, args, c, d, kw
print(f(1, c=3), f(1, 2, 3, 4, c=5, e=6), f(*[1, 2], **{"c": 3, "z": 1}))
def g(a, /, b, *, c): return a, b, c
print(g(1, 2, c=3), g(1, b=2, c=3))
def h(*, k=1): return k
def p(x, y=[]): y.append(x); return y
print(h(), h(k=2), p(1), p(2))
cases = [lambda: f(), lambda: f(1), lambda: f(1, c=1, a=2), lambda: g(a=1, b=2, c=3), lambda: g(1), lambda: g(1, 2, 3), lambda: h(1), lambda: h(z=1),
         lambda: (lambda: 0)(1), lambda: (lambda a, b: 0)(1), lambda: (lambda a, b, c: 0)(), lambda: (lambda a=1: 0)(1, 2), lambda: len(), lambda: len(1, 2), lambda: print(foo=1),
         lambda: f(1, c=2, **{"c": 3}), lambda: f(*5), lambda: f(**5), lambda: int(x=1), lambda: [].append(), lambda: "".join(1, 2), lambda: dict(1)]
for c in cases:
    try: print(c())
    except TypeError as e: print(e)
print((lambda *a, **k: (a, k))(1, 2, x=3), (lambda x, /: x)(5))
def ann(x: int, y: "str" = "d") -> list: ...
print(ann.__annotations__, ann.__defaults__, f.__kwdefaults__, ann.__name__, ann.__qualname__)
def deco(n):
    def wrap(fn):
        def inner(*a): return fn(*a) * n
        return inner
    return wrap
@deco(3)
@deco(2)
def one(): return 1
print(one())
def rec(n): return n if n == 0 else rec(n - 1) + 1
print(rec(500))
try: rec(10 ** 6)
except RecursionError as e: print(e)
