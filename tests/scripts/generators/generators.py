def g():
    x = yield 1
    print("got", x)
    try:
        y = yield 2
    except ValueError as e:
        print("caught", e); y = "exc"
    yield y
    return "done"
i = g(); print(next(i), i.send("a"), i.throw(ValueError("v")))
try: next(i)
except StopIteration as e: print(e.value)
def outer():
    r = yield from inner()
    print("r", r)
    yield from [7, 8]
def inner():
    a = yield 1
    b = yield a
    return (a, b)
o = outer(); print(next(o), o.send("A"), o.send("B"), next(o))
def fin():
    try:
        yield 1
        yield 2
    finally: print("closed")
f = fin(); next(f); f.close()
f = fin(); next(f); del f
print(list(fin()))
def bad():
    try: yield 1
    except GeneratorExit: yield 2
b = bad(); next(b)
try: b.close()
except RuntimeError as e: print(e)
def stop(): raise StopIteration("x"); yield
try: list(stop())
except RuntimeError as e: print(e, repr(e.__cause__))
try: g().send(5)
except TypeError as e: print(e)
def rec(n):
    if n: yield n; yield from rec(n - 1)
print(list(rec(5)))
ge = (x for x in range(3)); print(next(ge), ge.gi_running, list(ge))
def selfref():
    me = yield
    try: next(me)
    except ValueError as e: print(e)
    yield
s = selfref(); next(s); s.send(s)
import types
print(isinstance(s, types.GeneratorType), s.__name__)
def tt():
    try: yield 1
    except KeyError: yield "ke"
t = tt(); next(t); print(t.throw(KeyError))
def deleg():
    try: yield from tt()
    finally: print("deleg fin")
d = deleg(); next(d); print(d.throw(KeyError("z")))
try: next(d)
except StopIteration: print("stop")
