# alternatives, as, what is bound when
def m(v):
    match v:
        case [1, x] | [x, 1]: return ("or", x)
        case (int() | str()) as t: return ("as", t)
        case {"a": [_, *r] as whole}: return (r, whole)
        case [(1 | 2) as a, ("x" | "y") as b, *_]: return (a, b)
        case x: return ("capture", x)
for v in ([1, 2], [2, 1], [1, 1], 5, "s", {"a": [1, 2]}, [2, "y", 0], None): print(m(v))
x = "before"
match [1, 2, 3]:
    case [x, 5, _]: print("no")
    case _: print("x is", x)
match 5:
    case int() as n if n > 10: pass
    case _: print("n is", n)
for code in ("match x:\n case a | b: pass", "match x:\n case [a] | [b]: pass", "match x:\n case a: pass\n case b: pass", "match x:\n case _ | 1: pass", "match x:\n case (a as b) as c: pass", "match x:\n case 1 as _: pass", "match x:\n case a as a: pass", "match x:\n case *a: pass", "match x:\n case [*a, *b]: pass", "match x:\n case 1 + 1: pass", "match x:\n case a.b: pass", "match x:\n case a(): pass", "match x:\n case -a: pass", "match x:\n case f'{x}': pass", "match x:\n case 1 + 2j: pass", "match x:\n case 1j + 2: pass", "match x:\n case {1 + 2j: y}: pass", "match x:\n case (): pass", "match x, y:\n case a, b: pass", "match *a, b:\n case _: pass", "match x:\n case C(a, b=c, d): pass", "match x:\n case C(a=1, a=2): pass", "match x:\n case None | True: pass", "match(x)\nmatch[0]\nmatch.x\nmatch = 1", "match x:\n case a if b := 1: pass", "match x:\n case 'a' 'b': pass", "match x:\n case a, *b: pass", "match x:\n case 1.5 as y: pass", "match x:\n pass", "match x:\n case: pass"):
    try: compile(code, "f", "exec"); print("ok", repr(code))
    except SyntaxError as e: print(e.msg, repr(code))
