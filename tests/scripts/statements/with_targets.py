# several items, parentheses, every kind of target
from contextlib import contextmanager
@contextmanager
def cm(v): print("in", v, end=" "); yield v; print("out", v)
class O: pass
o, l = O(), [0]
with cm(1) as a, cm(2) as b: print(a, b)
with (cm(1) as a, cm(2)): print(a)
with (cm(1), cm(2) as b,): print(b)
with cm((1, 2)) as (x, y): print(x, y)
with cm([1, 2, 3]) as [x, *y]: print(x, y)
with cm(5) as o.attr: print(o.attr)
with cm(6) as l[0]: print(l)
with (cm(7)) as z: print(z)
with cm(8): print("none")
with (yield_ := cm(9)) as w: print(w)
with cm(1) as a, cm(a + 1) as b: print(b)
with cm(1), \
     cm(2): print("continued")
for i in range(2):
    with cm(i):
        if i == 0: continue
        break
for code in ("with: pass", "with a as 1: pass", "with a as b + c: pass", "with (a as b): pass", "with (a, b) as c: pass", "with a, as b: pass", "with a as f(): pass", "with (a as b, c as d): pass", "with (a) , b: pass", "with a as b\n pass", "async with a: pass"):
    try: compile(code, "f", "exec"); print(code, "| ok")
    except SyntaxError as e: print(repr(code), "|", e.msg)
