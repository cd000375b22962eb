# compile: modes, file names, flags, and what the modes refuse
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


print(eval(compile("1 + 2", "f", "eval")))
ns = {}
exec(compile("x = 5\ny = x * 2", "f", "exec"), ns); print(ns["x"], ns["y"])
exec(compile("1 + 1\n", "f", "single")); exec(compile("a = 3\n", "f", "single")); exec(compile("None\n", "f", "single"))
show(eval, compile("z = 1", "f", "exec"))
for source, mode in (("x = 1", "eval"), ("1 +", "exec"), ("1\n2", "single"), ("", "eval"), ("", "exec"), ("x", "other"), ("a\0b", "exec"), (b"1", "eval"), (5, "eval"), ("  1", "eval"), ("  1", "exec")):
    show(lambda s=source, m=mode: type(compile(s, "f", m)).__name__)
c = compile("def f(): pass", "some_file", "exec")
print(c.co_filename, c.co_name, c.co_names, c.co_consts[1:]); show(compile); show(compile, "1"); show(compile, "1", 2, "exec"); show(compile, "1", "f", "exec", 12345678)
show(lambda: compile("1", "f", "eval", optimize=5)); show(lambda: compile("print(__debug__)", "f", "exec", optimize=2) and 1)
show(lambda: eval(compile("assert_ := 1", "f", "eval")))
