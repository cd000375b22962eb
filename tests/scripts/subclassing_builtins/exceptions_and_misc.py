# subclasses of exceptions, type, property, range-likes that refuse
class E(ValueError):
    def __init__(self, code, *a): super().__init__(code, *a); self.code = code
    def __str__(self): return f"E{self.code}:{self.args}"
    def __reduce__(self): return (E, self.args)
try: raise E(5, "x")
except ValueError as e: print(e, repr(e), e.code, e.args, isinstance(e, E))
class K(KeyError):
    def __str__(self): return "K!" + Exception.__str__(self)
print(K("a"), repr(K("a")), str(KeyError("a")))
class O(OSError):
    def __init__(self, *a): self.mine = a; super().__init__(*a)
o = O(2, "msg", "file"); print(o, o.errno, o.filename, o.mine, o.args)
class OO(OSError):
    def __new__(cls, v): return super().__new__(cls, v, "made")
    def __init__(self, v): self.v = v
print(OO(5).v, OO(5).args, OO(5).errno)
class NoInit(Exception): pass
print(NoInit(1, 2).args, NoInit("a").__dict__)
class Slots(Exception): __slots__ = ("a",)
s = Slots("m"); s.a = 1; s.b = 2; print(s.a, s.b, s)
class P(property):
    def __get__(self, o, c=None): return "P" if o is None else ("P", super().__get__(o, c))
class U:
    @P
    def p(self): return 1
print(U.p, U().p)
class Sup(super): pass
print(type(Sup(U, U())).__name__); import types
class M(types.ModuleType):
    @property
    def prop(self): return "module prop " + self.__name__
m = M("name", "doc"); m.x = 1; print(m.prop, m.x, m.__doc__, repr(m)); 
class SN(types.SimpleNamespace): pass
print(SN(a=1), SN(a=1) == SN(a=1), types.SimpleNamespace(b=[1]), SN(**{"x y": 2}))
for base in (bool, type(None), range, slice, type(len), type(lambda: 0), type(...), memoryview, type(iter([])), type((i for i in ())), type([].append), type(int.__add__), types.CodeType, types.FrameType, type({}.keys()), types.CellType, types.TracebackType, type(NotImplemented)):
    try: type("X", (base,), {}); print(base.__name__, "ok")
    except TypeError as e: print(e)
for base in (enumerate, zip, map, filter, reversed, staticmethod, classmethod, property, super, object, frozenset, complex, types.MethodType if False else bytes):
    print(type("X", (base,), {}).__name__, end=" ")
print()
