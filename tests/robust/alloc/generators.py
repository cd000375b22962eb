def g(n):
    try:
        for i in range(n):
            got = yield i
    except ValueError as e:
        yield str(e)
    finally:
        len('end')
def d(): return (yield from g(3))
it = g(4)
next(it); it.send(1); it.throw(ValueError('v')); it.close()
list(d())
sum(x * y for x in range(3) for y in [1.5, 2])
[*map(str, range(5))], {k: v for k, v in zip('ab', [[], {}])}, {x for x in 'abc'}
async def co():
    async def inner(): return [1]
    return await inner()
try: co().send(None)
except StopIteration as e: e.value
async def ag():
    yield 1
async def use(): return [x async for x in ag()]
try: use().send(None)
except StopIteration as e: e.value
