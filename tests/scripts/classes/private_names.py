# name mangling of __names in classes
class A:
    __x = 1
    def __init__(self): self.__y = 2
    def get(self): return self.__x, self.__y, [self.__y for _ in "a"], (lambda: self.__y)()
    def __m(self): return "private"
    def call(self): return self.__m()
    def __dunder__(self): return "not mangled"
    def local(self):
        __v = 5
        def inner(__p=__v): return __p, __v
        return inner(), sorted(locals())
    class __Inner: pass
    def glob(self):
        global __g
        __g = 7
class _B(A):
    __x = 10
    def get2(self): return self.__x
class __: 
    __z = 1
a = A(); print(a.get(), a.call(), a.__dunder__(), a.local(), sorted(n for n in dir(A) if "A__" in n), vars(a), _B().get(), _B().get2(), sorted(n for n in vars(_B) if "x" in n), __.__dict__["__z"] if "__z" in __.__dict__ else "mangled")
a.glob(); print(_A__g)
for f in (lambda: a.__x, lambda: a.__m()):
    try: f()
    except AttributeError as e: print(e)
class C:
    def f(self):
        import os as __os
        try: raise ValueError(1)
        except ValueError as __e: r = sorted(n for n in locals() if n != "self"); return r
    def kw(self, *, __k=1): return __k
    def match(self, v):
        match v:
            case {"a": __q}: return sorted(n for n in locals())
print(C().f(), C().kw(), C.kw.__kwdefaults__, C().match({"a": 1})); print(C().kw(_C__k=5))
