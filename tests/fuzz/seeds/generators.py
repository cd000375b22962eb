def g(n):
    try:
        while n:
            x = yield n
            n -= 1 if x is None else x
    except ValueError as e:
        yield repr(e)
    finally:
        yield 'end'
it = g(5)
print(next(it), it.send(2), it.throw(ValueError('v')), list(it))
def d():
    r = yield from g(2)
    return r
print(list(d()), [x async for x in []] if 0 else 0)
async def co():
    async with x as y: await y
c = co()
try: c.send(None)
except NameError: pass
