# Futures, tasks and handles in C and those written in the language behave alike: everything here is done with either kind.
import asyncio
import contextvars
import gc
from asyncio import events, futures, tasks

variable = contextvars.ContextVar("variable", default="unset")


class Awkward(asyncio.Future):
    """A subclass with methods of its own."""
    cancels = 0

    def cancel(self, msg=None):
        self.cancels += 1
        return super().cancel(msg=msg)

    def add_done_callback(self, fn, *, context=None):
        super().add_done_callback(fn, context=context)


class Foreign:
    """No future, but behaves as one."""
    _asyncio_future_blocking = False

    def __init__(self, loop):
        self._loop, self.callbacks, self.value = loop, [], None

    def get_loop(self):
        return self._loop

    def add_done_callback(self, fn, *, context=None):
        self.callbacks.append((fn, context))

    def result(self):
        return self.value

    def cancel(self, msg=None):
        return False

    def done(self):
        return self.value is not None

    def finish(self, value):
        self.value = value
        for fn, context in self.callbacks:
            self._loop.call_soon(fn, self, context=context)

    def __await__(self):
        if self.value is None:
            self._asyncio_future_blocking = True
            yield self
        return self.value


async def tried(what, awaitable):
    try:
        print(what, "->", await awaitable)
    except BaseException as e:
        print(what, "raised", type(e).__name__, e)


async def futures_alone(new):
    f = new()
    print(f.done(), f.cancelled(), f._state, f.get_loop() is asyncio.get_running_loop(), f._log_traceback, f._asyncio_future_blocking)
    for ask in (f.result, f.exception):
        try:
            ask()
        except asyncio.InvalidStateError as e:
            print("InvalidStateError", e)
    order = []
    for i in range(3):
        f.add_done_callback(lambda future, i=i: order.append((i, future.result())))
    gone = lambda future: order.append("gone")
    f.add_done_callback(gone)
    f.add_done_callback(gone)
    print(f.remove_done_callback(gone), f.remove_done_callback(gone))
    f.set_result("done")
    f.add_done_callback(lambda future: order.append("late"))
    for again in (lambda: f.set_result(1), lambda: f.set_exception(ValueError())):
        try:
            again()
        except asyncio.InvalidStateError:
            print("InvalidStateError")
    print(f.cancel(), order)
    await asyncio.sleep(0)
    print(order, await f)
    f = new()
    for bad in (StopIteration, StopIteration()):
        try:
            f.set_exception(bad)
        except TypeError as e:
            print(e)
    f.set_exception(ZeroDivisionError)
    for _ in range(2):
        await tried("exception", f)
    f = new()
    f.add_done_callback(lambda future: print("cancelled:", future.cancelled()))
    print(f.cancel("the message"), f.cancel(), f.cancelled(), f.done())
    await tried("cancelled", f)
    f = new()
    iterator = iter(f)
    print(next(iterator) is f, f._asyncio_future_blocking)
    try:
        next(iterator)
    except RuntimeError as e:
        print(e)
    f.set_result(3)
    try:
        f.__await__().send(None)
    except StopIteration as e:
        print("StopIteration", e.value)


async def steps(task):
    loop = asyncio.get_running_loop()
    log = []

    async def child(name, *, swallow=False):
        try:
            log.append((name, asyncio.current_task().get_name(), variable.get()))
            variable.set(name)
            await asyncio.sleep(0)
            log.append((name, variable.get()))
            await asyncio.sleep(10)
        except asyncio.CancelledError as e:
            log.append((name, "cancelled", e.args))
            if not swallow:
                raise
        return name

    a, b = task(child("a"), name="A"), task(child("b", swallow=True), name="B")
    never = task(child("never"), name="C")
    print(a.done(), a.cancelling(), never.cancel(), never.cancelling(), never.uncancel(), never.uncancel())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(a.cancel("stop"), b.cancel("stop"), a.cancelling())
    for each in (a, b, never):
        await tried(each.get_name(), each)
    print(log, variable.get(), a.cancelled(), b.cancelled(), a.cancel())
    a.set_name(7)
    print(a.get_name(), a.get_coro().__name__)
    for refused in (lambda: a.set_result(1), lambda: a.set_exception(ValueError())):
        try:
            refused()
        except RuntimeError as e:
            print(e)

    async def fails():
        raise LookupError("from the task")

    async def waits_for(what):
        return await what

    class Strange:
        def __init__(self, *values):
            self.values = values

        def __await__(self):
            return iter(self.values)

    await tried("fails", task(fails()))
    await tried("awkward", task(waits_for(Awkward())).get_coro() and asyncio.sleep(0, "ok"))
    awkward = Awkward()
    t = task(waits_for(awkward))
    await asyncio.sleep(0)
    print(t.cancel("now"), awkward.cancels)
    await tried("of awkward", t)
    foreign = Foreign(loop)
    t = task(waits_for(foreign))
    await asyncio.sleep(0)
    foreign.finish("foreign")
    await tried("foreign", t)
    foreign = Foreign(loop)
    t = task(waits_for(foreign))
    await asyncio.sleep(0)
    print(t.cancel(), t.cancelling())
    foreign.finish("too late")
    await tried("cancelled at its next step", t)
    await tried("bad yield", task(waits_for(Strange(5))))
    other = asyncio.new_event_loop()
    lonely = other.create_future()
    t = task(waits_for(lonely))
    try:
        await t
    except RuntimeError as e:
        print("attached to a different loop" in str(e))
    other.close()
    f = loop.create_future()

    @__import__("types").coroutine
    def plain_yield():
        yield f
    t = task(plain_yield())
    try:
        await t
    except RuntimeError as e:
        print(str(e).split(" in task")[0])
    for not_a_coroutine in (5, None, len):
        try:
            task(not_a_coroutine)
        except TypeError as e:
            print(str(e).split(" at 0x")[0])
    own = contextvars.copy_context()
    own.run(variable.set, "in its own context")

    async def reads():
        return variable.get()
    print(await task(reads(), context=own), await task(reads()))

    async def returns_at_once():
        return "at once"
    t = task(returns_at_once())
    t.cancel()
    await tried("cancelled before it began", t)

    async def cancels_itself():
        asyncio.current_task().cancel("by itself")
        return "value"
    t = task(cancels_itself())
    await tried("cancelled in its last step", t)
    t = task(waits_for(asyncio.sleep(0, "shared")))
    print(await asyncio.gather(t, t, asyncio.shield(t)))
    print(asyncio.current_task() in asyncio.all_tasks(), len(asyncio.all_tasks()))


async def handles(handle, timer):
    loop = asyncio.get_running_loop()
    h = handle(print, ("handle runs", 1), loop)
    h._run()
    print(h.cancelled(), h._callback is print, h._args)
    h.cancel()
    print(h.cancelled(), h._callback, h._args)
    times = [timer(when, print, (), loop) for when in (3, 1.5, 2)]
    print([t.when() for t in sorted(times)], times[0] > times[1], times[1] <= times[2], times[0] == times[1], times[0] != times[1], hash(times[2]) == hash(2))
    print(timer(1, print, (), loop) == timer(1, print, (), loop), timer(1, print, (), loop) == 5)
    seen = []
    loop.set_exception_handler(lambda loop, context: seen.append((context["message"].split("<")[0], type(context["exception"]).__name__)))
    handle(lambda: 1 / 0, (), loop)._run()
    loop.set_exception_handler(None)
    print(seen)
    context = contextvars.copy_context()
    h = handle(variable.set, ("by the handle",), loop, context)
    h._run()
    print(context[variable], variable.get())


async def forgotten(new, task):
    loop = asyncio.get_running_loop()
    seen = []
    loop.set_exception_handler(lambda loop, context: seen.append(context["message"]))
    f = new()
    f.set_exception(ValueError("unseen"))
    del f
    f = new()
    f.set_exception(ValueError("seen"))
    f.exception()
    del f

    async def fails():
        raise ValueError
    task(fails())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    gc.collect()
    loop.set_exception_handler(None)
    print(seen)


def main():
    for future, task, handle, timer in ((asyncio.Future, asyncio.Task, events.Handle, events.TimerHandle),
                                        (futures._PyFuture, tasks._PyTask, getattr(events, "_PyHandle", events.Handle), getattr(events, "_PyTimerHandle", events.TimerHandle))):
        print("----", task.__name__)

        async def run():
            await futures_alone(lambda: future(loop=asyncio.get_running_loop()))
            await steps(lambda coro, **options: task(coro, loop=asyncio.get_running_loop(), **options))
            await handles(handle, timer)
            await forgotten(lambda: future(loop=asyncio.get_running_loop()), lambda coro: task(coro, loop=asyncio.get_running_loop()))
        asyncio.run(run())

        async def with_factory():  # a whole program of tasks of this kind
            loop = asyncio.get_running_loop()
            loop.set_task_factory(lambda loop, coro, **options: task(coro, loop=loop, **options))

            async def work(i):
                await asyncio.sleep(0.001 * (i % 3))
                return i * i
            async with asyncio.TaskGroup() as group:
                made = [group.create_task(work(i)) for i in range(5)]
            print([t.result() for t in made], await asyncio.wait_for(work(7), 1), await asyncio.gather(*map(work, range(4))))
            try:
                async with asyncio.timeout(0.005):
                    await asyncio.sleep(5)
            except TimeoutError:
                print("TimeoutError")
        asyncio.run(with_factory())


main()
