# names that are not bound yet
def free():
    def f(): return later
    try: f()
    except NameError as e: print(type(e).__name__, e)
    later = 1
    print(f())
    del later
    try: f()
    except NameError as e: print(type(e).__name__, e)
free()
def local():
    try: print(v)
    except UnboundLocalError as e: print(e)
    v = 1
    del v
    try: v
    except UnboundLocalError as e: print(e)
    try: del v
    except UnboundLocalError as e: print(e)
    for v in []: pass
    try: v
    except UnboundLocalError as e: print(e)
local()
def cond(flag):
    if flag: w = 1
    return w
print(cond(1))
try: cond(0)
except UnboundLocalError as e: print(e)
try: nope
except NameError as e: print(e, e.name)
try: del nope
except NameError as e: print(e)
def cell():
    def f(): return x
    return f.__closure__[0]
    x = 1
try: cell().cell_contents
except NameError as e: print(e)
except ValueError as e: print(e)
x = 1
def shadow():
    try: x += 1
    except UnboundLocalError as e: print(e)
shadow()
class C:
    try: undefined_in_class
    except NameError as e: print(e)
    x = x + 1
print(C.x)
