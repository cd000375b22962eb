"""Handles, which are callbacks in a loop's queue, and the question which loop is running in this thread.

The two classes of handles say what they do; those that a loop really uses are their twins in C (_asyncio). Next: loop.py.
"""
import contextvars
import threading
from _thread import get_ident

from asyncio.formatting import callback_text

__all__ = ("AbstractEventLoopPolicy", "AbstractEventLoop", "AbstractServer", "Handle", "TimerHandle", "get_event_loop_policy", "set_event_loop_policy",
           "get_event_loop", "set_event_loop", "new_event_loop", "_set_running_loop", "get_running_loop", "_get_running_loop")


class Handle:
    """A callback that waits for its turn. cancel() takes it out."""

    __slots__ = ("_callback", "_args", "_cancelled", "_loop", "_context", "_source", "__weakref__")

    def __init__(self, callback, args, loop, context=None):
        self._callback, self._args, self._loop = callback, args, loop
        self._context = contextvars.copy_context() if context is None else context
        self._cancelled = False
        self._source = None

    def __repr__(self):
        return _handle_text(self)

    def get_context(self):
        return self._context

    def cancelled(self):
        return self._cancelled

    def cancel(self):
        if not self._cancelled:
            self._cancelled = True
            self._callback = self._args = None

    def _run(self):
        try:
            self._context.run(self._callback, *self._args)
        except BaseException as e:
            if isinstance(e, (SystemExit, KeyboardInterrupt)):
                raise
            _report(self, e)
        self = None  # the exception's traceback refers to this frame


class TimerHandle(Handle):
    """A callback that waits for a time."""

    __slots__ = ("_when", "_scheduled")

    def __init__(self, when, callback, args, loop, context=None):
        super().__init__(callback, args, loop, context)
        self._when = when
        self._scheduled = False

    def __hash__(self):
        return hash(self._when)

    def __lt__(self, other):
        return self._when < other._when

    def __le__(self, other):
        return self._when <= other._when

    def __gt__(self, other):
        return self._when > other._when

    def __ge__(self, other):
        return self._when >= other._when

    def __eq__(self, other):
        if isinstance(other, _PyTimerHandle):
            return (self._when, self._callback, self._args, self._cancelled) == (other._when, other._callback, other._args, other._cancelled)
        return NotImplemented

    def cancel(self):
        if self._cancelled:
            return
        self._loop._timer_handle_cancelled(self)
        super().cancel()

    def when(self):
        return self._when


def _handle_text(handle):
    parts = [type(handle).__name__]
    if handle._cancelled:
        parts.append("cancelled")
    if hasattr(handle, "_when"):
        parts.append(f"when={handle._when}")
    if handle._callback is not None:
        parts.append(callback_text(handle._callback, handle._args))
    return f"<{' '.join(parts)}>"


def _report(handle, e):
    """A callback has raised e."""
    text = callback_text(handle._callback, handle._args) if handle._callback is not None else "that was cancelled"
    handle._loop.call_exception_handler({"message": f"Exception in callback {text}", "exception": e, "handle": handle})


_PyHandle, _PyTimerHandle = Handle, TimerHandle
from _asyncio import Handle, TimerHandle  # the same, faster


class AbstractServer:
    """What create_server() gives. As a context manager it closes itself."""

    async def __aexit__(self, *exc_info):
        self.close()
        await self.wait_closed()

    async def __aenter__(self):
        return self

    def close(self):
        raise NotImplementedError


class AbstractEventLoop:
    """The base of all loops."""


class AbstractEventLoopPolicy:
    """Which loop belongs to a thread, and how one is made."""


# ---- the running loop of each thread ----

_running = {}  # thread -> loop


def get_running_loop():
    """The loop that runs in this thread; RuntimeError if there is none."""
    loop = _running.get(get_ident())
    if loop is None:
        raise RuntimeError("no running event loop")
    return loop


def _get_running_loop():
    return _running.get(get_ident())


def _set_running_loop(loop):
    if loop is None:
        _running.pop(get_ident(), None)
    else:
        _running[get_ident()] = loop


# ---- policies ----

_policy = None
_lock = threading.Lock()


def get_event_loop_policy():
    global _policy
    if _policy is None:
        with _lock:
            if _policy is None:
                from asyncio.unix_loop import DefaultEventLoopPolicy
                _policy = DefaultEventLoopPolicy()
    return _policy


def set_event_loop_policy(policy):
    global _policy
    if policy is not None and not isinstance(policy, AbstractEventLoopPolicy):
        raise TypeError(f"policy must be an instance of AbstractEventLoopPolicy or None, not '{type(policy).__name__}'")
    _policy = policy


def get_event_loop():
    """The running loop, or else the one set for this thread."""
    loop = _running.get(get_ident())
    return loop if loop is not None else get_event_loop_policy().get_event_loop()


def set_event_loop(loop):
    get_event_loop_policy().set_event_loop(loop)


def new_event_loop():
    return get_event_loop_policy().new_event_loop()
