# type: with one argument, with three, and with wrong ones
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


print(type(1), type(type), type(None), type(...), type(len), type(lambda: 0), type(print), type([].append), type("".join), type(int.__add__))
C = type("C", (), {"x": 1, "m": lambda self: self.x}); print(C, C().m(), C.__name__, C.__bases__, C.__module__, C.__qualname__)
D = type("D", (C,), {}); print(D.__mro__, D().x, issubclass(D, C)); show(type); show(type, 1, 2); show(type, 1, (), {}); show(type, "a", [], {}); show(type, "a", (), []); show(type, "a", (5,), {}); show(type, "a", (int, str), {}); show(type, "a", (bool,), {}); show(type, "a", (C, C), {}); show(type, "a", (C, D), {}); show(type, "a\0b", (), {}); show(type, "X", (type(None),), {}); show(type, "X", (type(len),), {})
show(type, "K", (), {}, a=1); show(lambda: type("S", (), {"__slots__": ("a", "b")})().a); show(type, "S", (), {"__slots__": 5}); show(type, "S", (), {"__slots__": ("a b",)}); show(type, "S", (), {"__slots__": ("a",), "a": 1}); show(type, "S", (int,), {"__slots__": ("a",)})
print(type.__call__(int, "5"), type.mro(D), C.__dict__["x"], type(C.__dict__)); show(setattr, C, "__name__", "E"); print(C, C.__name__); show(setattr, C, "__name__", 5); show(delattr, C, "__name__"); show(setattr, C, "__bases__", ()); show(setattr, C, "__bases__", (int,)); show(setattr, int, "x", 1); show(delattr, int, "real"); print(isinstance(C, type), type(C) is type)
