# __getattr__, __getattribute__, __setattr__, __delattr__
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class G:
    present = 1
    def __getattr__(self, name):
        if name.startswith("bad"): raise AttributeError("custom " + name)
        if name == "boom": raise ValueError("boom")
        return "got " + name
g = G(); print(g.present, g.anything, getattr(g, "bad", "default"), hasattr(g, "bad"), g.__class__.__name__); show(lambda: g.bad1); show(lambda: g.boom); show(hasattr, g, "boom")
class A:
    def __getattribute__(self, name):
        print("ask", name)
        return object.__getattribute__(self, name)
    def m(self): return "m"
a = A(); a.x = 1; print(a.x); print(a.m()); show(lambda: a.nope); show(len, a); print(type(a).__name__)
class Both:
    def __getattribute__(self, name): raise AttributeError("first " + name)
    def __getattr__(self, name): return "second " + name
print(Both().q)
class S:
    def __setattr__(self, name, value): print("set", name, value); object.__setattr__(self, name, value)
    def __delattr__(self, name): print("del", name); object.__delattr__(self, name)
s = S(); s.a = 1; s.a += 1; del s.a; show(delattr, s, "zz")
class P:
    @property
    def p(self): raise AttributeError("inside p")
    def __getattr__(self, name): return "fallback " + name
print(P().p)
class NoSet:
    def __setattr__(self, n, v): raise TypeError("read only")
def try_set(): NoSet().x = 1
show(try_set)
class Meta(type):
    def __getattr__(cls, name): return "meta " + name
    def __setattr__(cls, name, value): print("meta set", name); super().__setattr__(name, value)
class M(metaclass=Meta): pass
print(M.thing); M.y = 1; print(M.y); show(lambda: M().thing)
class L:
    def __getattr__(self, name): return self.missing_too
show(lambda: L().x)
