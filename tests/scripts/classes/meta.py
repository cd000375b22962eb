class Meta(type):
    def __prepare__(name, bases, **kw): print("prepare", name, kw); return {}
    def __new__(m, name, bases, ns, **kw): return super().__new__(m, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw): super().__init__(name, bases, ns)
    def __call__(cls, *a): print("call", a); return super().__call__(*a)
    def __len__(cls): return 42
class C(metaclass=Meta, flag=1):
    def __init__(self, x): self.x = x
print(C(5).x, len(C), type(C).__name__)
class Base:
    subs = []
    def __init_subclass__(cls, tag=None, **kw): super().__init_subclass__(**kw); Base.subs.append((cls.__name__, tag))
class S1(Base): pass
class S2(Base, tag="t"): pass
print(Base.subs)
class G:
    def __class_getitem__(cls, k): return f"{cls.__name__}[{k}]"
print(G[int], list[int], dict[str, int], int | None, tuple[int, ...])
from abc import ABC, abstractmethod
class Ab(ABC):
    @abstractmethod
    def f(self): ...
    @property
    @abstractmethod
    def p(self): ...
try: Ab()
except TypeError as e: print(e)
class Ok(Ab):
    f = lambda self: 1
    p = 2
print(Ok().f(), isinstance(Ok(), Ab))
class L(list):
    def __getitem__(self, i): return super().__getitem__(i) * 10
l = L([1, 2, 3]); l.extra = 5
print(l[1], len(l), l, l.extra, type(l + [1]).__name__)
class I(int):
    def __add__(self, o): return I(int(self) + o + 100)
print(I(5) + 1, I(5) * 2, I(3) == 3, repr(I(7)))
class St(str): pass
st = St("abc"); st.q = 1
print(st.upper(), st.q, st == "abc", {st: 1}["abc"])
class Dm(dict):
    def __missing__(self, k): return k * 2
print(Dm()["a"], Dm(x=1))
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
print(T(1, 2), T(1)[0])
try: type("X", (int, str), {})
except TypeError as e: print(e)
try:
    class Z(bool): pass
except TypeError as e: print(e)
class Cyc: pass
c = Cyc(); c.__class__ = S1; print(type(c).__name__)
print(object.__subclasshook__, type.mro(int)) if False else print(type.mro(bool))
