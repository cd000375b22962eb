# * and ** in displays
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


a, d = [1, 2], {"x": 1}
print([*a, *"bc", 3], (*a,), {*a, 9}, {**d, "y": 2, **{"x": 5}}, [*range(3)], *a, [*[], *()], {**{}}, (*a, *a), [0, *a, 0], {"z": 0, **d}, {*()}, [*d], [*d.items()], {k: v for k, v in [*d.items()]})
x = *a, 3; print(x); y = *a,; print(y)
def f(): return *a, 5
def g(): yield *a, 6
print(f(), list(g())); 
for v in *a, 7: print(v, end=" ")
print(); print(x[*[0]] if False else x[0]); show(lambda: [*5]); show(lambda: {*5}); show(lambda: {**5}); show(lambda: (*None,)); show(lambda: {**[1]}); show(lambda: {*[[]]}); show(lambda: {**{"a": 1}, **None}); show(lambda: [*{1: 2}, *"s"])
class S:
    def __getitem__(self, k): return k
print(S()[*a], S()[*a, 3], S()[1:2, *a])
for code in ("*a", "*a = 1", "x = *a", "(*a)", "[**d]", "{*a, **d}", "{**d, *a}", "{**d: 1}", "f(**d, *a)", "f(*a, **d, *b)", "del *a", "print(*a for a in b)", "return *a", "*a, b", "a if *b else c", "not *a", "*a + b", "*a or b", "{*a: 1}", "lambda: *a", "x[*a]", "x[*a:1]", "for x in *a: pass", "for *x in a: pass", "with *a: pass", "if *a: pass"):
    try: compile(code, "f", "exec"); print(code, "| ok")
    except SyntaxError as e: print(code, "|", e.msg)
