"""A ThreadPoolExecutor of the script makes its calls where workers run; that of the library (asyncio.to_thread) stays."""
from concurrent.futures import ThreadPoolExecutor
import os, threading
seen = []
def f(x):
    seen.append(x)
    return x * x, len(seen)
def bad(x): raise KeyError(x)
with ThreadPoolExecutor(2) as p:
    print([r[0] for r in p.map(f, range(6))], sorted(seen))
    fu = p.submit(bad, 3)
    print(repr(fu.exception()))
    k = 5
    print(p.submit(lambda a: a + k, 4).result())
async def m():
    import asyncio
    return await asyncio.to_thread(lambda: 42)
import asyncio; print(asyncio.run(m()))
