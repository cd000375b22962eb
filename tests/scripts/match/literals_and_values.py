# literal patterns, value patterns, guards
import math
class K: A = 1; B = "b"
def m(v):
    match v:
        case 0: return "zero"
        case -1: return "minus one"
        case 1.5 | 2.5: return "float"
        case 1 + 2j: return "complex"
        case "s" "t": return "st"
        case b"b": return "bytes"
        case None: return "None"
        case True: return "True"
        case False: return "False"
        case K.B: return "value"
        case math.pi: return "pi"
        case int(x) if x > 100: return f"big {x}"
        case str() as s if len(s) > 3: return f"long {s}"
        case (1 | 2) as n: return f"small {n}"
        case _: return "other"
for v in (0, -1, 0.0, 1.5, 2.5, 1 + 2j, "st", b"b", None, True, False, "b", math.pi, 500, "abcdef", 1, 2, 3, [], "x"): print(repr(v), m(v))
def g(v):
    match v:
        case x if (print("guard", x), False)[1]: pass
        case y: return "second", y
print(g(1))
def nothing(v):
    match v:
        case 1: return 1
print(nothing(2))
match = 5; case = 6; print(match, case)
