# class bodies are no enclosing scope for functions
x = "global"
class A:
    x = "class"
    y = x
    def f(self): return x
    g = lambda self: x
    l = [x for _ in "a"]
    m = [i for i in x]
    def default(self, v=x): return v
    class B:
        z = x
    try: n = [y for _ in "a"]
    except NameError as e: n = str(e)
    gen = list(v for v in y)
    nested = [[j for j in i] for i in (y,)]
print(A.y, A().f(), A().g(), A.l, A.m, A().default(), A.B.z, A.n, A.gen[0], A.nested)
def fn():
    x = "fn"
    class C:
        y = x
        x = "C.x"
        def f(self): return x
        def g(self): return __class__.__name__
    return C.y if hasattr(C, "y") else None, C.x, C().f(), C().g()
try: print(fn())
except NameError as e: print(e)
class D:
    locals()["dyn"] = 5
    v = vars().get("__qualname__")
    del v
    def __init__(self): self.x = x
print(D.dyn, D().x, hasattr(D, "v"))
