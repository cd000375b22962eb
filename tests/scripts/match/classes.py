# class patterns: positional, keyword, builtins, __match_args__
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class Q(P): pass
class R:
    def __init__(self): self.a = 1
def m(v):
    match v:
        case P(0, 0): return "origin"
        case Q(x, y=1): return ("Q", x)
        case P(x=0, y=b): return ("on y", b)
        case P(a, b) if a == b: return ("diagonal", a)
        case P(): return "point"
        case R(a=1): return "R"
        case int(n) | float(n): return ("number", n)
        case str(): return "str"
        case list([1, *_]): return "list from 1"
        case dict(d): return ("dict", d)
        case bool(): return "never: bool is int"
        case tuple((a, b)): return ("pair", a, b)
        case _: return "no"
for v in (P(0, 0), Q(5, 1), P(0, 3), P(2, 2), P(1, 2), Q(1, 2), R(), 5, 2.5, True, "s", [1, 2], [2], {"k": 1}, (1, 2), None): print(m(v))
def bad(code): exec(code, {"P": P, "R": R, "int": int})
class NoArgs: pass
class BadArgs: __match_args__ = ["x"]
class BadArgs2: __match_args__ = (5,)
class Dup: __match_args__ = ("a", "a"); a = 1
for code in ("match P(1, 2):\n case P(1, 2, 3): pass", "match 5:\n case int(1, 2): pass", "match P(1, 2):\n case P(1, x=1): pass"): show(bad, code)
for C in (NoArgs, BadArgs, BadArgs2, Dup):
    def f():
        match C():
            case C(1, 2): return "yes"
        return "no"
    show(f)
def notclass():
    x = 5
    match 1:
        case x(): pass
show(notclass)
match P(1, [2, {"k": R()}]):
    case P(1, [2, {"k": R(a=v)}]): print("deep", v)
class Prop:
    @property
    def p(self): raise AttributeError
match Prop():
    case Prop(p=1): print("no")
    case _: print("missing attribute is no match")
