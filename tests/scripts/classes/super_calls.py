# super: without and with arguments, in class and static methods, closures, errors
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class A:
    v = "A.v"
    def m(self, *a): return "A.m", a
    @classmethod
    def c(cls): return "A.c", cls.__name__
    @staticmethod
    def s(): return "A.s"
    @property
    def p(self): return "A.p"
class B(A):
    v = "B.v"
    def m(self, *a): return super().m(*a), super(B, self).m(), super().v, super().p, super().s()
    @classmethod
    def c(cls): return super().c(), super(B, cls).c()
    @staticmethod
    def s(): return super(B, B).s()
    def nested(self):
        def inner(): return super(B, self).m()
        return inner(), (lambda: super(B, self).v)(), [super(B, self).v for _ in range(1)]
    def lost(): return super().m()
    def rebound(self):
        self = A()
        return super().m()
    def deleted(self):
        del self
        return super()
b = B(); print(b.m(1)); print(b.c(), B.c(), B.s()); print(b.nested()); show(B.lost); show(b.rebound); show(b.deleted)
show(super); show(super, 5); show(super, B, 5); show(super, B, A()); show(lambda: super(B, b).nope); show(lambda: setattr(super(B, b), "x", 1))
s = super(B, b); print(repr(s)[:30], s.__thisclass__.__name__, s.__self__ is b, s.__self_class__.__name__, super(B).__self__, super(B, B).v); u = super(B); print(u.__get__(b).m(), type(u).__name__)
class Later(B):
    def m(self): return __class__.__name__, super().__thisclass__.__name__
print(Later().m())
class Wrong:
    def m(self): return super().m()
show(Wrong().m); f = Later.m; show(f, 5); class_ = type("Copy", (A,), {"m": B.m}); show(class_().m)
