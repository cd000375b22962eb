# send, throw and close in every state
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


def g():
    try:
        while True:
            try: got = yield "ready"; print("got", got)
            except ValueError as e: print("caught", e); yield "recovered"
    finally: print("finally")
x = g(); show(x.send, 1); print(next(x), x.send(5)); print(x.throw(ValueError("v"))); print(next(x)); x.close(); x.close(); show(next, x); show(x.send, None); show(x.throw, KeyError("k"))
y = g(); y.close(); show(next, y); z = g(); show(z.throw, ValueError("unstarted")); show(next, z); w = g(); next(w); show(w.throw, ValueError); show(w.throw, TypeError, "msg"); 
def stubborn():
    try: yield 1
    except GeneratorExit: yield 2
s = stubborn(); next(s); show(s.close)
def swallow():
    try: yield 1
    except GeneratorExit: return
s = swallow(); next(s); print(s.close())
def raiser():
    try: yield 1
    except GeneratorExit: raise KeyError("on close")
s = raiser(); next(s); show(s.close)
def ret(): yield 1; return "value"
r = ret(); next(r)
try: next(r)
except StopIteration as e: print(e.value, e.args)
for bad in (5, "x", None, int): show(ret().throw, bad)
t = ret(); next(t); show(t.throw, ValueError, ValueError("inst")); t = ret(); next(t); show(t.throw, ValueError, 5, 5); show(ret().send); show(ret().close, 1)
def running():
    try: next(me)
    except ValueError as e: print(e)
    yield
me = running(); next(me); del x, y
def stop(): yield 1; raise StopIteration("inner")
s = stop(); next(s); show(next, s)
def ctx():
    try: yield
    except ValueError as e:
        try: raise KeyError("second")
        except KeyError as k: print(repr(k.__context__))
    yield
c = ctx(); next(c); c.throw(ValueError("first"))
