# __doc__, __name__, __qualname__, __module__, __annotations__ of classes and functions
class A:
    "doc of A"
    x: int = 1
    y: "str"
    class Inner:
        def m(self):
            def local(): pass
            return local
    def m(self, a: int, *b: "B", c: float = 1.5, **d) -> list: "doc of m"
print(A.__doc__, A.__name__, A.__qualname__, A.__module__, A.__annotations__, A.Inner.__qualname__, A.Inner.m.__qualname__, A.Inner().m().__qualname__, A.m.__doc__, A.m.__annotations__, A.m.__defaults__, A.m.__kwdefaults__)
A.__doc__ = "changed"; A.__name__ = "N"; A.__qualname__ = "Q.N"; A.__module__ = "mod"; print(A, A.__doc__)
class B(A): pass
print(B.__doc__, B.__annotations__, A.m.__module__, B.__dict__.get("__annotations__"), (lambda: 0).__name__, (lambda: 0).__qualname__)
class C:
    __qualname__ = "renamed"
    x: int
    del __annotations__["x"]
print(C, C.__annotations__)
def f(): "doc"
f.__doc__ = 5; f.__name__ = "g"; f.__qualname__ = "h"; f.attr = 1; print(f.__doc__, f.__name__, f.__dict__, repr(f)[:11])
for name, value in (("__name__", 5), ("__qualname__", 5), ("__code__", 5), ("__defaults__", 5), ("__kwdefaults__", 5), ("__annotations__", 5), ("__dict__", 5), ("__closure__", ()), ("__globals__", {}), ("__doc__", [])):
    try: setattr(f, name, value); print(name, "set")
    except Exception as e: print(name, type(e).__name__, e)
f.__defaults__ = None; f.__annotations__ = None; print(f.__annotations__); del f.__doc__; print(f.__doc__)
def g(a, b): return a, b
g.__defaults__ = (1, 2); print(g()); g.__code__ = (lambda a, b: b).__code__; print(g()); del g.__defaults__
try: g()
except TypeError as e: print(e)
