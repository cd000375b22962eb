# async generators, async for, async comprehensions, driven by hand
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class Aw:
    def __init__(self, v): self.v = v
    def __await__(self): got = yield self.v; return got
def run(c, answer="answer"):
    try:
        v = c.send(None)
        while True: print("  wait", v); v = c.send(answer)
    except StopIteration as e: return e.value
async def agen(n):
    try:
        for i in range(n):
            x = await Aw(i); got = yield (i, x)
            if got: print("sent in", got)
    finally: print("agen finally")
async def loop():
    async for v in agen(2): print("item", v)
    else: print("else")
    return [v async for v in agen(1)], {v async for v in agen(1)}, {k: v async for k, v in agen(1)}, [v for v in "ab" if await Aw(v)]
print(run(loop()))
async def manual():
    g = agen(3); print(await g.__anext__(), await g.asend("hello")); 
    try: await g.athrow(ValueError("thrown"))
    except ValueError as e: print("out", e)
    try: await g.__anext__()
    except StopAsyncIteration: print("stopped")
    h = agen(2); await h.asend(None); await h.aclose(); await h.aclose(); print(h.ag_running, h.ag_frame, type(h).__name__)
    i = agen(1)
    try: await i.asend(5)
    except TypeError as e: print(e)
    print(await anext(agen(1)), await anext(agen(0), "default"))
    await i.aclose()
run(manual())
class AIter:
    def __init__(self): self.n = 0
    def __aiter__(self): return self
    async def __anext__(self):
        self.n += 1
        if self.n > 2: raise StopAsyncIteration
        return self.n
async def custom():
    async for v in AIter(): print(v, end=" ")
    async for v in AIter():
        if v == 1: continue
        break
    else: print("not here")
    print([v async for v in AIter() if v > 1], v)
run(custom())
class NotA: pass
class BadA:
    def __aiter__(self): return 5
class BadN:
    def __aiter__(self): return self
    def __anext__(self): return 5
for k in (NotA, BadA, BadN, lambda: [1]):
    async def over():
        async for v in k(): pass
    show(run, over())
show(lambda: [0 for _ in agen(1)]); show(anext, 5); show(aiter, 5); show(lambda: agen(1).__anext__().send(1))
class ACM:
    def __init__(self, swallow=False): self.s = swallow
    async def __aenter__(self): print("aenter", await Aw("e")); return "target"
    async def __aexit__(self, *a): print("aexit", a[0] and a[0].__name__, await Aw("x")); return self.s
async def w():
    async with ACM() as t, ACM(True): print(t); raise KeyError("swallowed")
    async with ACM(): return "returned"
print(run(w()))
class NoExit:
    async def __aenter__(self): pass
async def w2():
    async with NoExit(): pass
async def w3():
    async with 5: pass
async def w4():
    with ACM(): pass
show(run, w2()); show(run, w3()); show(run, w4())
async def gexp(): g = (v async for v in AIter()); print(type(g).__name__); return [x async for x in g]
print(run(gexp()))
