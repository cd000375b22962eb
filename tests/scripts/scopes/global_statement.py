# global in functions, nested functions, classes, exec
g = 1
def f():
    global g, created
    g = 2; created = "yes"
f(); print(g, created)
def outer():
    g = "local"
    def inner():
        global g
        g = 3
        return g
    return inner(), g
print(outer(), g)
class C:
    global from_class
    from_class = 5
    def m(self):
        global g
        del g
print(from_class, hasattr(C, "from_class")); C().m()
try: g
except NameError as e: print(e)
def loop():
    global i
    for i in range(3): pass
loop(); print(i)
def imp():
    global math_again
    import math as math_again
imp(); print(math_again.pi)
def fn():
    global defined
    def defined(): return "defined"
    global Cls
    class Cls: pass
fn(); print(defined(), Cls.__qualname__, defined.__qualname__); exec("global q\nq = 9"); print(q)
def ns():
    d = {}
    exec("def k():\n  global z\n  z = 1\nk()", d)
    return d["z"]
print(ns())
def exc():
    global e
    try: 1 / 0
    except ZeroDivisionError as e: print(repr(e))
exc()
try: e
except NameError as x: print(x)
