# isinstance and issubclass with tuples, unions, hooks and non-classes
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class A: pass
class B(A): pass
class Meta(type):
    def __instancecheck__(cls, v): return v == 5
    def __subclasscheck__(cls, c): return c is int
class M(metaclass=Meta): pass
show(isinstance, B(), A); show(isinstance, A(), B); show(isinstance, 1, (str, (float, int))); show(isinstance, 1, int | str); show(isinstance, None, int | None); show(isinstance, True, int); show(isinstance, 5, M); show(isinstance, M(), M); show(isinstance, 6, M)
show(issubclass, B, A); show(issubclass, bool, (str, int)); show(issubclass, int, M); show(issubclass, str, M); show(issubclass, int, int | str)
for bad in (5, "int", [int], (int, 5), None, list[int]):
    show(isinstance, 1, bad); show(issubclass, int, bad)
show(issubclass, 5, int); show(isinstance, 1); show(isinstance, "a", (int, 5)); show(issubclass, list[int], list)
class Fake:
    __class__ = int
print(isinstance(Fake(), int), isinstance(Fake(), Fake), type(Fake()) is Fake, isinstance(int, type), isinstance(type, object), issubclass(type, object))
class Proxy:
    @property
    def __class__(self): return str
print(isinstance(Proxy(), str))
