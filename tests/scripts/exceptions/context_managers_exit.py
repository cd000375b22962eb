# __exit__ and exceptions: swallowing, replacing, order
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class CM:
    def __init__(self, name, swallow=False, fail=None, enter_fail=None): self.name, self.swallow, self.fail, self.ef = name, swallow, fail, enter_fail
    def __enter__(self):
        print("enter", self.name)
        if self.ef: raise self.ef
        return self.name
    def __exit__(self, t, v, tb):
        print("exit", self.name, t and t.__name__, v, tb is not None)
        if self.fail: raise self.fail
        return self.swallow
with CM("a") as a, CM("b") as b: print(a, b)
def body(*managers):
    m, *rest = managers
    with m:
        if rest: body(*rest)
        else: raise ValueError("body")
    return "after " + m.name
show(body, CM("x", True)); show(body, CM("x"), CM("y")); show(body, CM("x", True), CM("y")); show(body, CM("x"), CM("y", True)); show(body, CM("x", fail=KeyError("exit"))); show(body, CM("x"), CM("y", enter_fail=TypeError("enter")))
def ctx():
    try: body(CM("x", fail=KeyError("exit")))
    except KeyError as e: return repr(e.__context__)
print(ctx())
def ret():
    with CM("r"): return "value"
def brk():
    for i in range(3):
        with CM(i):
            if i == 0: continue
            break
    return i
print(ret(), brk())
class NoEnter:
    def __exit__(self, *a): pass
class NoExit:
    def __enter__(self): pass
class BadExit:
    def __enter__(self): return self
    def __exit__(self): pass
class Truthy:
    def __enter__(self): pass
    def __exit__(self, *a): return [1]
class BadBool:
    def __enter__(self): pass
    def __exit__(self, *a):
        class B:
            def __bool__(self): raise LookupError("bool")
        return B()
def w(m, raise_=True):
    with m:
        if raise_: raise ValueError("v")
    return "done"
for k in (NoEnter, NoExit, BadExit, Truthy, BadBool, int, lambda: None): show(w, k()); 
show(w, BadExit(), False); i = Truthy(); i.__exit__ = None; show(w, i)
with (CM("p") as p, CM("q") as q): print(p, q)
with (CM("t")): pass
with CM("tuple") as (x, *y): print(x, y)
d = {}
with CM("sub") as d["k"]: print(d)
with CM("at") as CM.attr: print(CM.attr)
from contextlib import contextmanager, ExitStack, suppress, closing, nullcontext, redirect_stdout
@contextmanager
def gen(n):
    print("start", n)
    try: yield n * 2
    except ValueError as e: print("gen caught", e)
    finally: print("stop", n)
with gen(1) as v: print(v)
with gen(2): raise ValueError("into gen")
show(lambda: w(gen(3)) ); 
with suppress(KeyError), ExitStack() as st: st.enter_context(CM("s1")); st.callback(print, "callback"); {}["k"]
