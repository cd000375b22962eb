# eval and exec with namespaces given: globals, locals, mappings, builtins
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


x = "module"
def f():
    x = "local"
    return eval("x"), eval("x", globals()), eval("x", {"x": "given"}), eval("x", {"x": 1}, {"x": 2})
print(f())
class M:
    def __getitem__(self, k):
        print("get", k)
        if k == "missing": raise KeyError(k)
        return k.upper()
    def __setitem__(self, k, v): print("set", k, v)
    def __delitem__(self, k): print("del", k)
show(eval, "a + b", {}, M()); show(eval, "missing", {}, M()); show(exec, "q = w\ndel q", {}, M())
show(eval, "1", 5); show(eval, "1", {}, 5); show(exec, "1", [], {}); show(eval, 5); show(eval, ""); show(eval, "1;2"); show(eval, " \t 1"); show(eval, "1\n"); show(eval, b"1+1"); show(exec, "a = ")
g = {}
exec("y = 1\ndef h(): return y", g); print(sorted(k for k in g if k != "__builtins__"), g["h"](), "__builtins__" in g)
show(eval, "len([1])", {"__builtins__": {}}); show(eval, "len([1])", {"__builtins__": {"len": lambda v: "mine"}})
def scope():
    a = 1
    exec("a = 2; b = 3")
    return a, "b" in locals()
print(scope()); print(exec("1"), eval("[i for i in range(3) if i != k]", {"k": 1})); show(lambda: eval("(lambda: z)()", {}, {"z": 1}))
class C:
    exec("attr = 10"); y = eval("attr + 1")
print(C.attr, C.y)
