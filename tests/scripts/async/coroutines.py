# coroutines driven by hand: await, send, throw, close, return values
import warnings, inspect
warnings.simplefilter("ignore")
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class Aw:
    def __init__(self, v): self.v = v
    def __await__(self): got = yield self.v; return ("awaited", got)
async def f(x): a = await Aw(x); print(a); b = await Aw(x + 1); return a, b
def drive(c, *sends):
    try:
        print("yield", c.send(None))
        for s in sends: print("yield", c.send(s))
    except StopIteration as e: return "returned", e.value
print(drive(f(1), "s1", "s2")); c = f(5); print(type(c).__name__, c.cr_running, c.cr_await, inspect.getcoroutinestate(c), repr(c)[:20]); show(c.send, 1); c.send(None); print(c.cr_await is not None); show(c.throw, ValueError("t")); show(c.send, None); c = f(1); c.close(); show(c.send, None); show(lambda: c.__await__() and 1); show(next, f(1)); show(iter, f(1)); show(list, f(1)); show(len, f(1))
async def bad(v): return await v
for v in (5, None, [], "x", (i for i in ()), lambda: 0): show(drive, bad(v))
class NotIter:
    def __await__(self): return 5
class CoroAwait:
    def __await__(self): return f(1)
show(drive, bad(NotIter())); show(drive, bad(CoroAwait()))
async def nested(n): return n if n == 0 else 1 + await nested(n - 1)
show(drive, nested(50))
async def raising():
    try: await Aw(1)
    finally: print("cleanup")
r = raising(); r.send(None); show(r.throw, KeyError("k")); r = raising(); r.send(None); r.close()
async def stop(): raise StopIteration("s")
show(drive, stop())
async def twice(): x = f(1); await x; await x
t = twice(); t.send(None); t.send(1); show(t.send, 1)
import types
@types.coroutine
def old(): x = yield "from old"; return x
async def uses(): return await old()
print(drive(uses(), "v")); async_lambda = lambda: f(3); x = async_lambda(); x.close(); print(inspect.iscoroutinefunction(f), inspect.isawaitable(Aw(1)), f.__name__, f.__code__.co_flags & 0x80)
async def comp(): return [await Aw(i) for i in range(2)], {k: await Aw(k) for k in "a"}
print(drive(comp(), 1, 2, 3))
async def kw(*, a, b=2): return a + b
print(drive(kw(a=1))); show(kw)
