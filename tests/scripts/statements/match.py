from dataclasses import dataclass
@dataclass
class P:
    x: int
    y: int
class Q:
    __match_args__ = ("a",)
    def __init__(self, a): self.a = a
def m(v):
    match v:
        case 0 | 1: return "small"
        case int(n) if n < 0: return f"negative {n}"
        case float(): return "float"
        case "a" | "b" as s: return "letter " + s
        case []: return "empty"
        case [x]: return f"one {x}"
        case [x, y, *rest]: return f"many {x} {y} {rest}"
        case {"k": v, **rest}: return f"map {v} {rest}"
        case P(0, y): return f"P0 {y}"
        case P(x=x, y=y): return f"P {x} {y}"
        case Q(a): return f"Q {a}"
        case None: return "none"
        case True: return "true"
        case (1j): return "j"
        case str(): return "str"
        case _: return "other"
for v in [0, 1, -5, 2.5, "a", "zz", [], [1], (1, 2, 3), {"k": 1, "z": 2}, P(0, 2), P(1, 2), Q(3), None, True, 99, 1j, b"x", set()]:
    print(repr(v) if not isinstance(v, Q) else "Q", m(v))
match 5:
    case x:
        print(x)
class C:
    RED = 1
match 1:
    case C.RED: print("red")
match (1, 2):
    case (1, 3): print("no")
    case (a, b): print(a, b)
try:
    match P(1, 2):
        case P(1, 2, 3): pass
except TypeError as e:
    print(e)
