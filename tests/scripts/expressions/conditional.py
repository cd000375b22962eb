# if-else as an expression
print("a" if 1 else "b", "a" if 0 else "b", 1 if 0 else 2 if 0 else 3, (1 if 1 else 2) + 1, [i if i % 2 else -i for i in range(4)], (lambda x: "pos" if x > 0 else "neg" if x < 0 else "zero")(0), {"k": 1 if [] else 2}, f"{'yes' if 1 else 'no'}", (1, 2) if 1 else 3, *(["x"] if 1 else []), 1 if None is None else 2, not 1 if 1 else 2)
def t(v): print("t", v, end=" "); return v
print(t(1) if t(0) else t(2)); print((t(1) if t(1) else t(2)) if t(0) else t(3))
x = 5 if False else (y := 6); print(x, y); z = lambda: 1 if 1 else 2; print(z())
for code in ("1 if 2", "1 if 2 else", "if 1 else 2", "1 if else 2", "x = 1 if y else z = 2", "1 if 2 else 3 = 4", "pass if 1 else 2", "1 if 2 elif 3 else 4", "lambda: 1 if 2", "[x if y for z in w]", "1 if x = 2 else 3", "f(1 if 2 else 3, 4 if 5)", "(1 if 2 else 3", "a if b else c if d"):
    try: compile(code, "f", "exec"); print(code, "| ok")
    except SyntaxError as e: print(code, "|", e.msg, e.offset)
