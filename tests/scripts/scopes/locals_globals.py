# locals(), globals(), vars() and what writing to them does
def f(a, b=2):
    c = 3
    l = locals(); l["a"] = 100; l["new"] = 1
    return a, sorted(locals()), "new" in locals()
print(f(1)); globals()["made"] = 5; print(made); print(locals() is globals(), vars() is globals())
def cells():
    x = 1
    def g(): return x
    return sorted(locals()), locals()["x"]
print(cells())
class C:
    a = 1
    print(sorted(k for k in locals() if k[:2] != "__")); locals()["b"] = 2
print(C.b)
def gen():
    v = 1
    yield dict(locals())
    w = 2
    yield sorted(locals())
print(list(gen())); print([sorted(locals()) for i in range(1)][0][-1], (lambda q: locals())(5))
def deleted():
    z = 1
    del z
    return locals()
print(deleted()); exec("print(sorted(locals()))", {}, {"only": 1}); print(eval("sorted(locals())", {"__builtins__": __builtins__}, {"k": 1})); import sys; print(sys._getframe().f_locals is globals(), sys._getframe().f_globals is globals())
