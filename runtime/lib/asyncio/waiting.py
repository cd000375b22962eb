"""Waiting for several things at once: gather, wait, wait_for, as_completed, shield."""
import concurrent.futures
import contextlib
import functools

from asyncio import events, exceptions, futures
from asyncio.tasks import ensure_future, iscoroutine

__all__ = ("gather", "wait", "wait_for", "as_completed", "shield", "FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED")

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = concurrent.futures.FIRST_COMPLETED, concurrent.futures.FIRST_EXCEPTION, concurrent.futures.ALL_COMPLETED


# ---- gather ----

class _GatheringFuture(futures.Future):
    """gather()'s future: cancelling it cancels the children."""

    _cancel_requested = False

    def __init__(self, children, *, loop):
        super().__init__(loop=loop)
        self._children = children

    def cancel(self, msg=None):
        any_left = not self.done() and any([child.cancel(msg=msg) for child in self._children])
        if any_left:
            self._cancel_requested = True  # it ends as cancelled even if the children hide it
        return any_left


def gather(*coros_or_futures, return_exceptions=False):
    """Run all of them; their results in the order of the arguments. The first exception ends the waiting, not the others."""
    if not coros_or_futures:
        outer = events.get_event_loop().create_future()
        outer.set_result([])
        return outer
    loop, outer, finished = None, None, 0
    children, of_argument = [], {}

    def child_is_done(child):
        nonlocal finished
        finished += 1
        if outer is None or outer.done():
            if not child.cancelled():
                child.exception()  # looked at: nobody is to be told
            return
        if not return_exceptions:
            if child.cancelled():
                outer.set_exception(child._make_cancelled_error())
                return
            e = child.exception()
            if e is not None:
                outer.set_exception(e)
                return
        if finished < len(of_argument):
            return
        results = []
        for c in children:
            if c.cancelled():
                results.append(exceptions.CancelledError("" if c._cancel_message is None else c._cancel_message))
            else:
                e = c.exception()
                results.append(c.result() if e is None else e)
        if outer._cancel_requested:
            outer.set_exception(children[-1]._make_cancelled_error())
        else:
            outer.set_result(results)

    for argument in coros_or_futures:
        child = of_argument.get(argument)
        if child is None:
            child = ensure_future(argument, loop=loop)
            if loop is None:
                loop = child.get_loop()
            if child is not argument:
                child._log_destroy_pending = False  # a task of our own: nobody else can keep it
            of_argument[argument] = child
            child.add_done_callback(child_is_done)
        children.append(child)
    outer = _GatheringFuture(children, loop=loop)
    return outer


# ---- wait ----

async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    """Wait for some or all futures: (done, pending). Nothing is cancelled."""
    if futures.isfuture(fs) or iscoroutine(fs):
        raise TypeError(f"expect a list of futures, not {type(fs).__name__}")
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return_when value: {return_when}")
    fs = set(fs)
    if any(iscoroutine(f) for f in fs):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    return await _wait(fs, timeout, return_when, events.get_running_loop())


def _release_waiter(waiter, *args):
    if not waiter.done():
        waiter.set_result(None)


async def _wait(fs, timeout, return_when, loop):
    waiter = loop.create_future()
    timer = None if timeout is None else loop.call_later(timeout, _release_waiter, waiter)
    left = len(fs)

    def one_is_done(f):
        nonlocal left
        left -= 1
        if left <= 0 or return_when == FIRST_COMPLETED or (return_when == FIRST_EXCEPTION and not f.cancelled() and f.exception() is not None):
            if timer is not None:
                timer.cancel()
            if not waiter.done():
                waiter.set_result(None)

    for f in fs:
        f.add_done_callback(one_is_done)
    try:
        await waiter
    finally:
        if timer is not None:
            timer.cancel()
        for f in fs:
            f.remove_done_callback(one_is_done)
    done = {f for f in fs if f.done()}
    return done, fs - done


async def _cancel_and_wait(f, loop):
    """Cancel a future and wait until it really is done."""
    waiter = loop.create_future()
    release = functools.partial(_release_waiter, waiter)
    f.add_done_callback(release)
    try:
        f.cancel()
        await waiter
    finally:
        f.remove_done_callback(release)


async def wait_for(fut, timeout):
    """Wait for one thing, no longer than timeout: then it is cancelled, and TimeoutError."""
    if timeout is None:
        return await fut
    loop = events.get_running_loop()
    fut = ensure_future(fut, loop=loop)
    if timeout > 0:
        await _rest(fut, timeout, loop)
    if fut.done():
        return fut.result()
    await _cancel_and_wait(fut, loop)
    try:
        return fut.result()  # done just in time
    except exceptions.CancelledError as e:
        raise exceptions.TimeoutError() from e


async def _rest(fut, timeout, loop):
    """Until fut is done or the time is over. Whoever cancels us cancels fut."""
    waiter = loop.create_future()
    release = functools.partial(_release_waiter, waiter)
    timer = loop.call_later(timeout, _release_waiter, waiter)
    fut.add_done_callback(release)
    try:
        await waiter
    except exceptions.CancelledError:
        if not fut.done():
            await _cancel_and_wait(fut, loop)
            raise
    finally:
        timer.cancel()
        fut.remove_done_callback(release)


# ---- as_completed, shield ----

def as_completed(fs, *, timeout=None):
    """An iterator over coroutines: await the first for whatever is done first, and so on."""
    if futures.isfuture(fs) or iscoroutine(fs):
        raise TypeError(f"expect an iterable of futures, not {type(fs).__name__}")
    from asyncio.queues import Queue
    done = Queue()
    loop = events.get_event_loop()
    todo = {ensure_future(f, loop=loop) for f in set(fs)}
    timer = None

    def time_is_over():
        for f in todo:
            f.remove_done_callback(one_is_done)
            done.put_nowait(None)
        todo.clear()

    def one_is_done(f):
        if not todo:
            return
        todo.remove(f)
        done.put_nowait(f)
        if not todo and timer is not None:
            timer.cancel()

    async def next_one():
        first = await done.get()
        if first is not None:
            return first.result()
        raise exceptions.TimeoutError

    for f in todo:
        f.add_done_callback(one_is_done)
    if todo and timeout is not None:
        timer = loop.call_later(timeout, time_is_over)
    for _ in range(len(todo)):
        yield next_one()


def shield(arg):
    """A future that follows another one; cancelling it does not cancel the other."""
    inner = ensure_future(arg)
    if inner.done():
        return inner
    outer = inner.get_loop().create_future()

    def inner_is_done(inner):
        error = None if inner.cancelled() else inner.exception()  # looked at in any case: nobody is to be told
        if outer.cancelled():
            return
        if inner.cancelled():
            outer.cancel()
        elif error is not None:
            outer.set_exception(error)
        else:
            outer.set_result(inner.result())

    def outer_is_done(outer):
        if not inner.done():
            inner.remove_done_callback(inner_is_done)

    inner.add_done_callback(inner_is_done)
    outer.add_done_callback(outer_is_done)
    return outer
