# := in every place it may stand
if (n := 5) > 3: print(n)
while (n := n - 1) > 2: print(n, end=" ")
print([y := 1, y ** 2, y + (y := 3)], y, (z := 1, 2), z, {"k": (v := 7)}, v, (lambda: (w := 8))(), f"{(q := 5)}", f"{q:=5}", [last := i for i in range(3)], last, print((p := 1) + p))
def f(a, b=(d := 4)): return a, b
print(f(x := 3), x, d, f(a=(y := 9)), y); print((a := 1) if (b := 0) else (c := 2), b, c, "a" in globals()); l = [1, 2, 3]; print(l[(i := 1)], l[(i := 0):(j := 2)], i, j)
class C: print((inner := 5)); val = inner
print(C.val, C.inner); assert (chk := 1), chk; print(any((hit := w) > 2 for w in [1, 3, 5]), hit)
def g():
    while chunk := next(it, None): yield chunk
it = iter([1, 2, 0, 3]); print(list(g()))
match (m := [1, 2]):
    case [a, b]: print(m, a, b)
for code in ("x := 1", "(x := 1, y := 2)", "f(x=y := 1)", "f(x := 1)", "[x := 1]", "x[y := 1]", "(a.b := 1)", "(a[0] := 1)", "((a, b) := 1)", "lambda: x := 1", "(lambda: x := 1)", "{x := 1}", "{x := 1: 2}", "{1: y := 2}", "def f(a=b := 1): pass", "x = y := 1", "x = (y := 1)", "assert x := 1", "del (x := 1)", "with (x := 1) as y: pass", "return x := 1", "print(x := 1 for y in z)", "a if b := 1 else c", "(x := 1) = 2", "x: y := 1", "(x: int := 1)", "f'{x:=1}'", "import x := 1", "for x := 1 in y: pass", "if x := 1: pass", "while x := 1: pass", "@x := y\ndef f(): pass", "(True := 1)", "(f() := 1)", "((x) := 1)"):
    try: compile(code, "f", "exec"); print(code, "| ok")
    except SyntaxError as e: print(repr(code), "|", e.msg)
