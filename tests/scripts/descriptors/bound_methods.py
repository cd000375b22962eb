# methods as objects: attributes, equality, calling through the class
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class C:
    def m(self, a=1): "doc"; return (self.n, a)
    def __init__(self, n): self.n = n
c, d = C("c"), C("d"); m = c.m
print(m(), m(2), C.m(c), C.m(d, 3), m.__self__ is c, m.__func__ is C.m, m.__name__, m.__qualname__, m.__doc__, m == c.m, m is c.m, m != d.m, hash(m) == hash(c.m), repr(m)[:21], {c.m: 1}[c.m])
show(setattr, m, "attr", 1); C.m.attr = 5; print(m.attr); show(lambda: m.nope); show(C.m); show(lambda: C.m(5)); show(m, 1, 2); show(lambda: m(b=1)); show(setattr, m, "__self__", d); import types
show(types.MethodType, 5, c); show(types.MethodType, len, None); show(types.MethodType, len); b = types.MethodType(lambda self, x: (self, x), 7); print(b(8), b.__self__); print(types.MethodType(len, [1, 2])()); l = []; a = l.append; a(1); a(2); print(l, a.__self__ is l, a.__name__, a == l.append, a == [].append, "".join.__self__ == "")
print(str.upper("x"), list.append, type(list.append).__name__, type([].append).__name__, type(str.__add__).__name__, type("".__add__).__name__, int.__add__(1, 2), list.__len__([1]), dict.fromkeys.__self__); show(str.upper, 5); show(list.append, (), 1); show(lambda: int.__add__("a", 1)); show(lambda: str.__len__()); show(lambda: dict.get()); print(type(c).m.__get__(c, C)(9), C.m.__get__(None, C) is C.m); show(C.m.__get__, None, None)
