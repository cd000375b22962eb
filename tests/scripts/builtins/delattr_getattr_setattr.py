# getattr, setattr, hasattr, delattr on instances, classes, modules, and with wrong arguments
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class C:
    x = 1
    def __init__(self): self.y = 2
c = C()
show(getattr, c, "x"); show(getattr, c, "y"); show(getattr, c, "z"); show(getattr, c, "z", "default"); show(getattr, c, 5); show(getattr, c); show(getattr, c, "a", 1, 2)
show(setattr, c, "z", 3); show(getattr, c, "z"); show(setattr, c, 5, 6); show(setattr, c, "q"); show(setattr, 5, "a", 1); show(setattr, len, "a", 1); show(setattr, int, "a", 1)
show(hasattr, c, "z"); show(hasattr, c, "nope"); show(hasattr, c, 1); show(hasattr, c)
show(delattr, c, "z"); show(delattr, c, "z"); show(delattr, c, "x"); show(delattr, C, "x"); show(delattr, C, "x"); show(delattr, c, 1); show(delattr, 1, "real")
class P:
    @property
    def p(self): raise ValueError("inside")
    @property
    def q(self): raise AttributeError("q inside")
show(hasattr, P(), "p"); show(hasattr, P(), "q"); show(getattr, P(), "q", "default"); show(getattr, P(), "p", "default"); show(setattr, P(), "p", 1); show(delattr, P(), "p")
setattr(c, "not an identifier", 1); print(getattr(c, "not an identifier"), c.__dict__); show(getattr, None, "x")
