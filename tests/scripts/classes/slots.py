# __slots__: storage, conflicts, inheritance, __dict__ and __weakref__ in slots
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class S:
    __slots__ = ("a", "b")
    def __init__(self): self.a = 1
s = S(); print(s.a); show(lambda: s.b); s.b = 2; print(s.b); del s.b; show(lambda: s.b); show(delattr, s, "b"); show(setattr, s, "c", 1); show(lambda: s.__dict__); print(S.a, type(S.a).__name__, S.__slots__, S.a.__get__(s)); show(lambda: S.a.__get__(5)); show(lambda: S.a.__set__(s, 9)); print(s.a)
class T(S): pass
t = T(); t.c = 5; print(t.a, t.c, t.__dict__)
class U(S):
    __slots__ = "single"
u = U(); u.single = 1; u.a = 2; print(u.single, u.a); show(setattr, u, "q", 1)
class D:
    __slots__ = ("x", "__dict__")
d = D(); d.x = 1; d.y = 2; print(d.__dict__, d.x)
def clash():
    class C:
        __slots__ = ("x",)
        x = 1
def bad_name():
    class C:
        __slots__ = ("1x",)
def not_str():
    class C:
        __slots__ = (1,)
def twice():
    class C(T):
        __slots__ = ("__dict__",)
def of_int():
    class C(int):
        __slots__ = ("x",)
def both():
    class E:
        __slots__ = ("e",)
    class C(S, E): pass
for f in (clash, bad_name, not_str, twice, of_int, both): show(f)
class Empty(S, object):
    __slots__ = ()
class P:
    __slots__ = {"x": "doc of x"}
class Private:
    __slots__ = ("__hidden",)
    def __init__(self): self.__hidden = 7
print(P.x.__doc__ if False else P.__slots__, Private()._Private__hidden, sorted(n for n in dir(Private) if "hidden" in n)); import weakref, copy
show(lambda: weakref.ref(S()) and 1); 
class W:
    __slots__ = ("__weakref__",)
show(lambda: type(weakref.ref(W())).__name__); c = copy.copy(s); print(c.a); show(lambda: c.b); print(S.__basicsize__ > object.__basicsize__)
