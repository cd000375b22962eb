x = 1
def f():
    global x, z
    x = 2; z = 3
f(); print(x, z)
def outer():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
i = outer(); print(i(), i(), outer()())
del x
try: x
except NameError as e: print(e)
def g():
    y = 1
    del y
    try: print(y)
    except UnboundLocalError as e: print(e)
g()
def h():
    try: print(q)
    except UnboundLocalError as e: print(e)
    q = 1
h()
class A: v = 1
del A.v
try: A.v
except AttributeError as e: print(e)
d = {1: 2}
del d[1]
try: del d[1]
except KeyError as e: print(repr(e))
def cell():
    def inner(): return late
    try: inner()
    except NameError as e: print(e)
    late = 5
    return inner()
print(cell())
