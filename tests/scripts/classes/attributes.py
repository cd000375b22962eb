# where attributes live: instance, class, bases, and what shadows what
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class A:
    x = 1
    def f(self): return "A.f"
class B(A):
    x = 2
b = B(); print(b.x, B.x, A.x); b.x = 3; print(b.x, B.x, b.__dict__); del b.x; print(b.x); show(lambda: delattr(b, "x")); A.y = 9; print(b.y); del A.y; show(lambda: b.y)
b.f = lambda: "instance"; print(b.f()); del b.f; print(b.f()); B.f = lambda self: "patched"; print(b.f(), A().f()); print(B.__dict__.keys() - A.__dict__.keys())
show(lambda: A.nope); show(lambda: A().nope); show(lambda: A.f()); show(lambda: A().f(1)); show(lambda: A(1)); show(lambda: A(x=1)); show(lambda: b.__class__.__name__); print(A.f is A.f, A().f is A().f, A().f == A().f, A.f.__qualname__, b.f.__self__ is b)
b.__dict__["via dict"] = 1; print(getattr(b, "via dict"), vars(b)); b.__dict__ = {"new": 5}; print(b.new, b.x); show(setattr, b, "__dict__", 5); show(lambda: setattr(b, "__class__", int)); b.__class__ = A; print(b.f(), type(b).__name__, b.new)
class Empty: pass
e = Empty(); e.a, e.b = 1, 2; print(e.__dict__, sorted(Empty.__dict__)); print(Empty.__doc__, Empty.__module__, Empty.__weakref__ if False else "", Empty.__bases__, Empty.__mro__)
for i in range(150): setattr(e, f"n{i}", i)
print(len(e.__dict__), e.n149); del e.n0; print(len(e.__dict__), list(e.__dict__)[:3])
