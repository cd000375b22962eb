# decorators of functions, methods, classes; order, arguments, expressions
import functools
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


def tag(t):
    def deco(f):
        @functools.wraps(f)
        def wrapper(*a, **k): return t, f(*a, **k)
        return wrapper
    return deco
@tag("a")
@tag("b")
def f(x, y=2): "doc f"; return x + y
print(f(1), f.__name__, f.__doc__, f.__wrapped__.__name__, f.__wrapped__.__wrapped__(1, 1))
class Count:
    def __init__(self, f): self.f, self.n = f, 0; functools.update_wrapper(self, f)
    def __call__(self, *a): self.n += 1; return self.f(*a)
@Count
def g(): return "g"
g(); g(); print(g.n, g.__name__)
class R:
    reg = {}
    @staticmethod
    def add(name): return lambda f: R.reg.setdefault(name, f)
    def meth(self, f): return ("meth", f.__name__)
@R.add("one")
def one(): return 1
@(lambda f: "replaced")
def two(): pass
@[lambda f: f.__name__][0]
def three(): pass
@R().meth
def four(): pass
@(x := tag)("w") if False else tag("c")
def five(): return 5
print(R.reg["one"](), two, three, four, five())
@lambda c: type("New", (c,), {"extra": 1})
class C: base = 1
print(C, C.extra, C.base)
class D:
    @property
    @tag("p")
    def p(self): return 1
    @classmethod
    @tag("c")
    def c(cls): return cls.__name__
    @tag("m")
    def m(self): return 2
    @staticmethod
    @tag("s")
    def s(): return 3
print(D().p, D.c(), D().m(), D.s())
def bad(code): exec(code, {"tag": tag})
show(bad, "@5\ndef f(): pass"); show(bad, "@undefined\ndef f(): pass"); show(bad, "@tag\ndef f(): pass\nf(1)"); show(bad, "@None\nclass C: pass"); show(bad, "@tag('x')\nx = 1"); show(bad, "@\ndef f(): pass"); show(bad, "@x y\ndef f(): pass"); show(bad, "@tag('z')\n\n\ndef f(): return 1\nprint(f())"); show(bad, "@tag('q') # comment\n# another\ndef f(): return 1\nprint(f())")
@functools.lru_cache(maxsize=2)
def cached(n): print("compute", n, end=" "); return n
print([cached(i) for i in (1, 2, 1, 3, 2)], cached.cache_info())
@functools.singledispatch
def disp(v): return "default"
@disp.register(int)
def _(v): return "int"
@disp.register
def _(v: list): return "list"
print(disp(1), disp([]), disp("s"), disp(True))
