# The loop: order of callbacks (golden), tasks, gather, wait, cancellation, timeouts, task groups.
import asyncio
import contextvars
import time


async def golden():
    order = []
    loop = asyncio.get_running_loop()

    def b():
        order.append("b")
        loop.call_soon(order.append, "nested")

    async def task():
        order.append("task")

    loop.call_soon(order.append, "a")
    loop.call_soon(b)
    t = asyncio.create_task(task())
    loop.call_later(0, order.append, "later")
    await asyncio.sleep(0)
    order.append("main")
    await asyncio.sleep(0.01)
    return order


print(*asyncio.run(golden()))


async def shows(what, awaitable):
    try:
        print(what, await awaitable)
    except BaseException as e:
        print(what, type(e).__name__, e)


async def result_of(x, delay=0.01):
    await asyncio.sleep(delay)
    return x


async def fails(x):
    await asyncio.sleep(0)
    raise ValueError(x)


async def gathering():
    start = time.monotonic()
    print(await asyncio.gather(*(result_of(i, 0.05 - i * 0.01) for i in range(4))), time.monotonic() - start < 0.15)
    print(await asyncio.gather(result_of(1), fails("x"), return_exceptions=True))
    await shows("gather", asyncio.gather(result_of(1), fails("x")))
    print(await asyncio.gather())
    c = result_of("same")
    print(await asyncio.gather(c, c))
    done, pending = await asyncio.wait([asyncio.create_task(result_of(i, 0.01 + i * 10)) for i in range(3)], return_when=asyncio.FIRST_COMPLETED)
    print(len(done), len(pending), done.pop().result())
    for t in pending:
        t.cancel()
    print(sorted([(await f) for f in asyncio.as_completed([result_of(i, 0.03 - i * 0.01) for i in range(3)])]))
    print([(await f) for f in asyncio.as_completed([result_of(i, 0.09 - i * 0.03) for i in range(3)])])
    await shows("wait_for", asyncio.wait_for(result_of("in time"), 1))
    await shows("wait_for", asyncio.wait_for(result_of("late", 5), 0.01))
    await shows("wait_for", asyncio.wait_for(fails("inside"), 1))
    await shows("wait_for", asyncio.wait_for(result_of("zero"), 0))
    await shows("wait", asyncio.wait([]))


asyncio.run(gathering())


async def cancelling():
    log = []

    async def stubborn():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError as e:
            log.append(("cancelled", e.args))
            raise
        finally:
            log.append("finally")

    t = asyncio.create_task(stubborn(), name="stubborn")
    await asyncio.sleep(0)
    print(t.cancel("why"), t.cancelling(), t.done(), t.get_name())
    await shows("task", t)
    print(log, t.cancelled(), t.cancel())

    async def ignores():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            pass
        return "survived"

    t = asyncio.create_task(ignores())
    await asyncio.sleep(0)
    t.cancel()
    await shows("ignores", t)
    t = asyncio.create_task(stubborn())
    t.cancel()
    await shows("before its first step", t)
    inner = asyncio.create_task(result_of("inner", 0.02))
    outer = asyncio.ensure_future(asyncio.shield(inner))
    await asyncio.sleep(0)
    outer.cancel()
    await shows("shielded", outer)
    print(await inner)
    g = asyncio.gather(result_of(1, 10), result_of(2, 10))
    await asyncio.sleep(0)
    g.cancel()
    await shows("gather", g)
    try:
        async with asyncio.timeout(0.01) as scope:
            await asyncio.sleep(5)
    except TimeoutError as e:
        print("timeout", scope.expired(), type(e.__cause__).__name__)
    async with asyncio.timeout(None) as scope:
        scope.reschedule(asyncio.get_running_loop().time() + 10)
    print(scope, scope.expired())
    f = asyncio.get_running_loop().create_future()
    f.set_result(1)
    for wrong in (lambda: f.set_result(2), lambda: asyncio.Future().result(), lambda: f.set_exception(StopIteration), lambda: asyncio.create_task(5)):
        try:
            wrong()
        except Exception as e:
            print(type(e).__name__, e)


asyncio.run(cancelling())


async def groups():
    async with asyncio.TaskGroup() as group:
        a = group.create_task(result_of("a"))
        b = group.create_task(result_of("b", 0))
    print(a.result(), b.result())
    log = []

    async def waits():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            log.append("cancelled")
            raise

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(waits())
            group.create_task(fails("one"))
            group.create_task(fails("two"))
    except* ValueError as e:
        print(e.exceptions, e, log)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(waits())
            raise KeyError("body")
    except* KeyError as e:
        print(repr(e), log)


asyncio.run(groups())
var = contextvars.ContextVar("var", default="default")


async def contexts():
    async def child(value):
        before = var.get()
        var.set(value)
        await asyncio.sleep(0)
        return before, var.get()

    var.set("main")
    print(await asyncio.gather(child(1), child(2)), var.get())
    await child("awaited")
    print(var.get())
    seen = []
    asyncio.get_running_loop().call_soon(lambda: seen.append(var.get()))
    var.set("later")
    await asyncio.sleep(0)
    print(seen, await asyncio.to_thread(var.get))


asyncio.run(contexts())
print(var.get())


async def awaits_plainly():
    class Waits:
        def __await__(self):
            yield
            return "awaited"

    class Bad:
        def __await__(self):
            yield 5

    await shows("object", Waits())
    await shows("bad", asyncio.create_task(asyncio.wait_for(Bad(), 5)))
    loop = asyncio.get_running_loop()
    print(loop.is_running(), loop.is_closed(), asyncio.get_event_loop() is loop, asyncio.current_task() in asyncio.all_tasks(), len(asyncio.all_tasks()))
    again = golden()
    try:
        asyncio.run(again)
    except RuntimeError as e:
        print(e)
    again.close()


asyncio.run(awaits_plainly())
with asyncio.Runner() as runner:
    print(runner.run(result_of(1)), runner.run(result_of(2)))
try:
    asyncio.run(5)
except ValueError as e:
    print(e)
loop = asyncio.new_event_loop()
print(loop.run_until_complete(result_of("by hand")), loop.call_later(5, print).cancelled())
loop.close()
try:
    loop.call_soon(print)
except RuntimeError as e:
    print(e)
