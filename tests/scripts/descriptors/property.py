# property: getter, setter, deleter, doc, inheritance, errors
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class C:
    def __init__(self): self._x = 1
    @property
    def x(self): "doc x"; return self._x
    @x.setter
    def x(self, v): self._x = v
    @x.deleter
    def x(self): del self._x
    @property
    def ro(self): return "ro"
    wo = property(None, lambda self, v: print("wo", v), doc="wo doc")
    none = property()
c = C(); c.x = 5; c.x += 1; print(c.x, C.x.__doc__, C.wo.__doc__, C.x.fget.__name__, C.ro.fset, type(C.x).__name__); del c.x; show(lambda: c.x)
show(setattr, c, "ro", 1); show(delattr, c, "ro"); show(lambda: c.wo); c.wo = 3; show(delattr, c, "wo"); show(lambda: c.none); show(setattr, c, "none", 1); show(setattr, C.x, "fget", 1)
class D(C):
    @C.x.getter
    def x(self): return "D" + str(self._x)
    @property
    def ro(self): return super().ro + "!"
d = D(); d.x = 2; print(d.x, d.ro); p = property(lambda s: 1); print(p.__get__(None, C) is p, p.__get__(c), p.__isabstractmethod__); show(p.__set__, c, 1); show(p.__delete__, c); show(property, 1, 2, 3, 4, 5); show(property, what=1); show(lambda: property(5).__get__(c))
q = property(fget=lambda s: 7, doc="given"); print(q.__doc__, q.__get__(1)); q.__doc__ = "new"; print(q.__doc__)
class Sub(property): "sub"
class F:
    s = Sub(lambda self: "sub value")
print(F().s, F.s.__class__.__name__)
class Late: pass
Late.p = property(lambda s: s.v * 2); l = Late(); l.v = 4; print(l.p); Late.p = 5; print(l.p)
class G:
    @property
    def p(self): raise KeyError("k")
show(lambda: G().p)
