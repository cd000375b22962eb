# __init_subclass__ and __set_name__ with keywords
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class Base:
    registry = []
    def __init_subclass__(cls, /, tag=None, **kw): super().__init_subclass__(**kw); print("subclass", cls.__name__, tag); Base.registry.append(cls.__name__)
class A(Base, tag="a"): pass
class B(A): pass
class C(B, tag="c"): pass
print(Base.registry); show(lambda: type("D", (Base,), {}, tag=5)); show(lambda: type("E", (Base,), {}, other=5)); show(lambda: type("F", (object,), {}, x=1))
class Attr:
    def __set_name__(self, owner, name): print("set_name", owner.__name__, name)
class Parent:
    def __init_subclass__(cls): print("init_subclass after set_name", cls.__name__, cls.__dict__.get("v"))
class Child(Parent):
    a = Attr(); v = 5
class Raises:
    def __init_subclass__(cls): raise ValueError("refused " + cls.__name__)
def try_it():
    class X(Raises): pass
show(try_it)
class Mixin1:
    def __init_subclass__(cls, **kw): print("M1"); super().__init_subclass__(**kw)
class Mixin2:
    def __init_subclass__(cls, **kw): print("M2"); super().__init_subclass__(**kw)
class Both(Mixin1, Mixin2): pass
class Explicit:
    @classmethod
    def __init_subclass__(cls, **kw): print("explicit", kw)
class E2(Explicit, k=1): pass
show(object.__init_subclass__); show(lambda: object.__init_subclass__(1))
