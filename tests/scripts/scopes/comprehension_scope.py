# comprehension variables stay inside; walrus leaks to the function
x = "outer"
print([x for x in range(3)], x, {x for x in "a"}, {x: x for x in [1]}, list(x for x in [2]), x)
try: [undefined for y in [1]]
except NameError as e: print(e)
def f():
    r = [last := i * 2 for i in range(4)]
    return last, r, any((hit := v) > 2 for v in [1, 3, 5]), hit
print(f()); print([y := 1, y ** 2], y); n = 10; print([n + i for i in range(2)], [(lambda: i)() for i in range(3)], [g() for g in [lambda: j for j in range(3)]])
print([[i * j for j in range(i)] for i in range(4)], [(i, j) for i in range(3) if i for j in range(i)], [a for b in ([1, 2], [3]) for a in b if a != 2], [i if i % 2 else -i for i in range(4)], {k: [v for v in range(k)] for k in range(3)})
class C:
    data = [1, 2]
    doubled = [d * 2 for d in data]
print(C.doubled, [*(i for i in range(2)), *[3]], [i for i in (lambda: (yield 5))()])
for code in ("[x := 1 for x in y]", "[i for i in (j := [1])]", "[i := 0 for i in []]", "class C: [z := 1 for i in [1]]", "[[(i := 0) for j in [1]] for i in [1]]", "[x for x, in [(1,)]]", "[x async for x in y]", "[a, b for a, b in c]", "{a: b, c for d in e}", "[*a for a in b]", "(x for x in y = 1)"):
    try: compile(code, "f", "exec"); print("ok", code)
    except SyntaxError as e: print(code, "|", e.msg)
