"""A future: a result that is still to come.

    PENDING --set_result, set_exception--> FINISHED
            --cancel-->                    CANCELLED

Whoever waits for it leaves a callback; when it is done the loop calls them, at its next pass, in order. `await future` is the
other way to wait: the future yields itself up to the task, which leaves its own wakeup as a callback.

The class Future says what a future does; those that are really used are its twins in C (_asyncio). Next: tasks.py.
"""
import concurrent.futures
import contextvars
from types import GenericAlias

from asyncio import events, exceptions
from asyncio.formatting import future_text

__all__ = ("Future", "wrap_future", "isfuture")

_PENDING, _CANCELLED, _FINISHED = "PENDING", "CANCELLED", "FINISHED"


def isfuture(obj):
    """obj behaves as a future: its class has _asyncio_future_blocking."""
    return hasattr(type(obj), "_asyncio_future_blocking") and obj._asyncio_future_blocking is not None


class Future:
    _state = _PENDING
    _result = _exception = _loop = None
    _source_traceback = None
    _cancel_message = _cancelled_exc = None
    _asyncio_future_blocking = False  # set while it is yielded up to the task: a plain `yield` cannot look the same
    _log_traceback = False            # somebody ought to be told of the exception
    _kind = "Future"

    def __init__(self, *, loop=None):
        self._loop = events.get_event_loop() if loop is None else loop
        self._callbacks = []

    def __repr__(self):
        return future_text(self)

    def __del__(self):
        if self._log_traceback:
            _report_unseen(self, self._exception)

    __class_getitem__ = classmethod(GenericAlias)

    def get_loop(self):
        return self._loop

    def cancelled(self):
        return self._state == _CANCELLED

    def done(self):
        return self._state != _PENDING

    def _make_cancelled_error(self):
        if self._cancelled_exc is not None:
            e, self._cancelled_exc = self._cancelled_exc, None
            return e
        e = exceptions.CancelledError() if self._cancel_message is None else exceptions.CancelledError(self._cancel_message)
        e.__context__ = self._cancelled_exc
        self._cancelled_exc = None
        return e

    def cancel(self, msg=None):
        self._log_traceback = False
        if self._state != _PENDING:
            return False
        self._state = _CANCELLED
        self._cancel_message = msg
        self._schedule_callbacks()
        return True

    def result(self):
        if self._state == _CANCELLED:
            raise self._make_cancelled_error()
        if self._state != _FINISHED:
            raise exceptions.InvalidStateError("Result is not ready.")
        if self._exception is not None:
            self._log_traceback = False
            raise self._exception.with_traceback(self._exception_tb)
        return self._result

    def exception(self):
        if self._state == _CANCELLED:
            raise self._make_cancelled_error()
        if self._state != _FINISHED:
            raise exceptions.InvalidStateError("Exception is not set.")
        self._log_traceback = False
        return self._exception

    def set_result(self, result):
        if self._state != _PENDING:
            raise exceptions.InvalidStateError("invalid state")
        self._result = result
        self._state = _FINISHED
        if self._callbacks:
            self._schedule_callbacks()

    def set_exception(self, exception):
        if self._state != _PENDING:
            raise exceptions.InvalidStateError("invalid state")
        if isinstance(exception, type):
            exception = exception()
        if type(exception) is StopIteration:
            raise TypeError("StopIteration interacts badly with generators and cannot be raised into a Future")
        self._exception = exception
        self._exception_tb = exception.__traceback__
        self._state = _FINISHED
        self._schedule_callbacks()
        self._log_traceback = True

    def _schedule_callbacks(self):
        """The state has changed: everybody who waits gets a turn at the loop's next pass."""
        callbacks, self._callbacks = self._callbacks, []
        for callback, context in callbacks:
            self._loop.call_soon(callback, self, context=context)

    def add_done_callback(self, fn, *, context=None):
        if self._state != _PENDING:
            self._loop.call_soon(fn, self, context=context)
        else:
            self._callbacks.append((fn, contextvars.copy_context() if context is None else context))

    def remove_done_callback(self, fn):
        left = [(f, context) for f, context in self._callbacks if f != fn]
        removed = len(self._callbacks) - len(left)
        if removed:
            self._callbacks[:] = left
        return removed

    def __await__(self):
        if self._state == _PENDING:
            self._asyncio_future_blocking = True
            yield self  # up to the task, which will come back when it is done
        if self._state == _PENDING:
            raise RuntimeError("await wasn't used with future")
        return self.result()

    __iter__ = __await__


def _report_unseen(future, e):
    """The future is going, and nobody has looked at its exception."""
    future._loop.call_exception_handler({"message": f"{type(future).__name__} exception was never retrieved", "exception": e, "future": future})


_PyFuture = Future
from _asyncio import Future  # the same, faster


# ---- futures of other threads ----

def _convert_future_exc(e):
    """A concurrent.futures exception as asyncio's."""
    if type(e) is concurrent.futures.CancelledError:
        return exceptions.CancelledError(*e.args)
    if type(e) is concurrent.futures.InvalidStateError:
        return exceptions.InvalidStateError(*e.args)
    return e


def _copy_state(source, target):
    """source, a future of either kind, is done: so is target now."""
    if target.cancelled() or target.done():
        return
    if source.cancelled():
        target.cancel()
    elif source.exception() is not None:
        target.set_exception(_convert_future_exc(source.exception()))
    else:
        target.set_result(source.result())


def wrap_future(future, *, loop=None):
    """A future of the loop that follows one of concurrent.futures."""
    if isfuture(future):
        return future
    assert isinstance(future, concurrent.futures.Future), f"concurrent.futures.Future is expected, got {future!r}"
    loop = events.get_event_loop() if loop is None else loop
    ours = loop.create_future()

    def theirs_is_done(theirs):
        if not (ours.cancelled() and loop.is_closed()):
            if loop.is_closed():
                return
            loop.call_soon_threadsafe(_copy_state, theirs, ours)

    def ours_is_done(_):
        if ours.cancelled():
            future.cancel()

    ours.add_done_callback(ours_is_done)
    future.add_done_callback(theirs_is_done)
    return ours


def follow(task, concurrent_future):
    """The other way round: a future of concurrent.futures follows a task of the loop."""
    def task_is_done(task):
        if concurrent_future.cancelled():
            return
        if task.cancelled():
            concurrent_future.cancel()
            concurrent_future.set_running_or_notify_cancel()
        elif concurrent_future.set_running_or_notify_cancel():
            if task.exception() is not None:
                concurrent_future.set_exception(task.exception())
            else:
                concurrent_future.set_result(task.result())

    def caller_gave_up(theirs):
        if theirs.cancelled() and not task.get_loop().is_closed():
            task.get_loop().call_soon_threadsafe(task.cancel)

    task.add_done_callback(task_is_done)
    concurrent_future.add_done_callback(caller_gave_up)
