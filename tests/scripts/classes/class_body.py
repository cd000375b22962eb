# what runs in a class body: scopes, loops, conditionals, deletions, decorators
x = "global"
def deco(tag):
    print("make", tag)
    def wrap(c): print("apply", tag, c.__name__); c.tags = getattr(c, "tags", []) + [tag]; return c
    return wrap
@deco("outer")
@deco("inner")
class A:
    print("body", x, __name__, __qualname__)
    x = x + "!"
    y = [x for _ in range(1)]
    z = [i for i in x]
    for i in range(3): exec(f"v{i} = i")
    if True: cond = 1
    def f(self): return x
    del i
    with open("/dev/null") as fh: pass
    try: 1 / 0
    except ZeroDivisionError: caught = True
    lam = lambda self: self.x
    class B: inner = x
    t = locals() is not None
print(A.tags, A.x, A.y, A().f(), A.v2, A.cond, hasattr(A, "i"), A.caught, A().lam(), A.B.inner)
def outer():
    x = "enclosing"
    class C:
        y = x
        x = "class"
        z = x
        def m(self): return x
    return C.y, C.z, C().m()
try: print(outer())
except Exception as e: print(type(e).__name__, e)
def outer2():
    v = 1
    class C:
        nonlocal v
        v = 2
        global gl
        gl = 3
    return v, hasattr(C, "v")
print(outer2(), gl)
try:
    class Bad:
        print("start")
        raise KeyError("in body")
except KeyError as e: print(e, "Bad" in dir())
class K(*(object,), **{}): pass
print(K.__bases__, (lambda: type("Dyn", (), dict(a=1)))().a)
