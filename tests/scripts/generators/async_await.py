class Aw:
    def __init__(self, v): self.v = v
    def __await__(self):
        r = yield self.v
        return r
async def co(x):
    a = await Aw(x)
    b = await other(a)
    return a + b
async def other(a): return a * 2
def run(c):
    out = []
    v = None
    try:
        while True:
            out.append(c.send(v)); v = 10
    except StopIteration as e: return out, e.value
print(run(co(1)))
class AI:
    def __init__(self): self.n = 0
    def __aiter__(self): return self
    async def __anext__(self):
        self.n += 1
        if self.n > 3: raise StopAsyncIteration
        return self.n
class AC:
    async def __aenter__(self): print("aenter"); return "v"
    async def __aexit__(self, *a): print("aexit", a[0]); return True
async def agen():
    try:
        for i in range(3):
            x = yield i
            if x: print("sent", x)
    finally: print("agen fin")
async def main():
    async for i in AI(): print(i)
    async with AC() as v: print(v); raise ValueError
    print([i async for i in agen()], {i: await other(i) async for i in AI()})
    a = agen(); print(await a.__anext__(), await a.asend("S")); await a.aclose()
    async for i in agen():
        if i == 1: break
    else: print("no")
    return "end"
print(run(main()))
async def raiser(): raise KeyError("k")
async def catcher():
    try: await raiser()
    except KeyError as e: return repr(e)
print(run(catcher()))
c = co(1)
try: c.send(5)
except TypeError as e: print(e)
c.close()
try: run(c)
except RuntimeError as e: print(e)
async def bad(): await 5
try: run(bad())
except TypeError as e: print(e)
import inspect
print(inspect.iscoroutinefunction(co), inspect.isasyncgenfunction(agen))
