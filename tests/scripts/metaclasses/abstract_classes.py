# abc: abstract methods, properties, registration, hooks
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


from abc import ABC, ABCMeta, abstractmethod
class A(ABC):
    @abstractmethod
    def f(self): return "A.f"
    @property
    @abstractmethod
    def p(self): pass
    @classmethod
    @abstractmethod
    def c(cls): pass
class B(A):
    def f(self): return "B+" + super().f()
class C(B):
    p = 5
    @classmethod
    def c(cls): return "C.c"
show(A); show(B); print(C().f(), C.c(), sorted(A.__abstractmethods__), sorted(B.__abstractmethods__), C.__abstractmethods__, A.f.__isabstractmethod__)
class Shape(metaclass=ABCMeta):
    @classmethod
    def __subclasshook__(cls, o): return any("area" in k.__dict__ for k in o.__mro__) or NotImplemented
class Sq:
    def area(self): return 1
print(issubclass(Sq, Shape), isinstance(Sq(), Shape), issubclass(int, Shape)); Shape.register(int); print(isinstance(5, Shape), issubclass(bool, Shape)); show(Shape.register, 5)
@Shape.register
class Deco: pass
print(issubclass(Deco, Shape), Shape in Deco.__mro__)
class One(ABC):
    @abstractmethod
    def only(self): ...
show(One); One.only = lambda self: 1; show(One); print(1)
import collections.abc as ca
for v in ([], (), {}, set(), "", b"", 5, iter([]), range(3), (i for i in ()), len, {}.keys(), None):
    print(type(v).__name__, [n for n in ("Hashable", "Iterable", "Iterator", "Sized", "Container", "Callable", "Sequence", "MutableSequence", "Mapping", "Set", "Generator", "Reversible", "Collection") if isinstance(v, getattr(ca, n))])
class Seq(ca.Sequence):
    def __init__(self, d): self.d = d
    def __getitem__(self, i): return self.d[i]
    def __len__(self): return len(self.d)
s = Seq([3, 1, 3]); print(list(s), list(reversed(s)), s.count(3), s.index(1), 3 in s, s[0:2]); show(s.index, 9); show(ca.Sequence); show(ca.Mapping)
match s:
    case [a, *rest]: print("sequence", a, rest)
