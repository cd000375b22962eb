# A metaclass's mro(): odd answers, assignments to __bases__ from within it, cycles, long chains. Also super() with a proxy.


def tell(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)


def names(c):
    return [x.__name__ for x in c.__mro__]


class Reverse(type):
    def mro(cls):
        return [cls, *reversed([b for b in super().mro() if b is not cls and b is not object]), object]


class A:
    pass


class B:
    pass


class C(A, B, metaclass=Reverse):
    pass


print(names(C), type.mro(C))

for answer in (7, [1], ["x"], [int], [], (), None):
    class Odd(type):
        def mro(cls):
            return answer

    tell(lambda: names(Odd("X", (), {})))


class Forgets(type):
    def mro(cls):
        del Forgets.mro
        return (B,)


tell(lambda: Forgets("F", (), {}))

ready = False


class Mutual(type):
    def mro(cls):
        if ready and cls.__name__ == "M1":
            M2.__bases__ = (M1,)
        if ready and cls.__name__ == "M2":
            M1.__bases__ = (M2,)
        return type.mro(cls)


class M0(metaclass=Mutual):
    pass


class M1(M0):
    pass


class M2(M0):
    pass


ready = True
try:
    M1.__bases__ += ()
except TypeError as e:
    print(e)
ready = False


class Own(type):
    def mro(cls):
        global own_ready
        if own_ready and cls.__name__ == "O":
            own_ready = False
            O.__bases__ = (P2,)
        return type.mro(cls)


own_ready = False


class P(metaclass=Own):
    pass


class P1(P):
    pass


class P2(P):
    pass


class O(P1):
    pass


own_ready = True
O.__bases__ = (P1,)
print(names(O), O.__bases__ == (P2,), P1.__subclasses__(), [c.__name__ for c in P2.__subclasses__()])


class Incomplete(type):
    def mro(cls):
        if cls.__mro__ is None and cls.__name__ == "I":
            print(cls.__name__, issubclass(cls, object))
            try:
                class X(cls):
                    pass
            except TypeError as e:
                print(e)
        return type.mro(cls)


class I(metaclass=Incomplete):
    pass


# assigning bases reaches grandchildren, and failing leaves all as it was
class G1(A):
    pass


class G2(G1):
    pass


class G3(G2):
    pass


G1.__bases__ = (B,)
print(names(G3))
tell(lambda: setattr(A, "__bases__", (G3,)))
tell(lambda: setattr(B, "__bases__", (G3,)))
tell(lambda: setattr(G1, "__bases__", ()))
tell(lambda: setattr(G1, "__bases__", (int,)))
print(names(G3), A.__subclasses__() == [C], G1 in B.__subclasses__())

chain = object
for i in range(1500):
    chain = type("Link", (chain,), {})
print(len(chain.__mro__))


class Slotted:
    __slots__ = ()


class Open:
    pass


class Both(Slotted, Open):
    __slots__ = ()


both = Both()
both.x = 2
print(both.__dict__, hasattr(both, "__weakref__"))


class Base:
    def f(self):
        return "Base.f"


class Derived(Base):
    def f(self):
        return super().f() + " Derived.f"


class Proxy:
    def __init__(self, obj):
        self.__obj = obj

    def __getattribute__(self, name):
        if name.startswith("_Proxy__"):
            return object.__getattribute__(self, name)
        return getattr(self.__obj, name)


print(Derived.__dict__["f"](Proxy(Derived())))
tell(lambda: super(Derived, Proxy(1)))


class I(int):
    def __pow__(self, other, mod=None):
        return "pow", int(self), int(other), mod and int(mod)


print(pow(I(2), I(3), I(5)), I(2) ** 3, pow(2, I(3)))
tell(lambda: type.__getattribute__(list, type))
print(object.__getattribute__(both, "".join(["_", "_class__"])))
