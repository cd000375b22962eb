"""A task: a coroutine and somebody who drives it.

    step:  coroutine.send(None)
             it yields a future     the task leaves its wakeup there, and the coroutine rests until it is done
             it yields None         another step at the loop's next pass (sleep(0))
             it returns             the task, itself a future, has its result
             it raises              the task has an exception, or is cancelled

That is all there is to it: the rest is cancelling, which throws CancelledError into the coroutine at its next step.
The class Task says what a task does; those that are really used are its twins in C (_asyncio). Next: waiting.py, loop.py.
"""
import contextvars
import inspect
import types
import warnings
from weakref import ref as _ref

from asyncio import events, exceptions, futures
from asyncio.formatting import task_text
from _asyncio import _all_tasks, _current_tasks as _current, _next_task_number

__all__ = ("Task", "create_task", "current_task", "all_tasks", "sleep", "ensure_future", "iscoroutine", "iscoroutinefunction", "run_coroutine_threadsafe",
           "_register_task", "_unregister_task", "_enter_task", "_leave_task")

# _all_tasks: id -> weak reference; a task takes itself out at its end.  _current: loop -> the task whose step runs.
_CancelledError = exceptions.CancelledError


def iscoroutinefunction(f):
    return inspect.iscoroutinefunction(f) or getattr(f, "_is_coroutine", None) is True


def iscoroutine(obj):
    return type(obj) is types.CoroutineType or isinstance(obj, (types.CoroutineType, types.GeneratorType)) or inspect.isawaitable(obj) and hasattr(obj, "send") and hasattr(obj, "throw")


class Task(futures._PyFuture):
    _must_cancel = False      # CancelledError at the next step
    _fut_waiter = None        # what the coroutine waits for
    _num_cancels_requested = 0
    _log_destroy_pending = True

    def __init__(self, coro, *, loop=None, name=None, context=None):
        self._loop = events.get_event_loop() if loop is None else loop
        self._callbacks = []
        if not iscoroutine(coro):
            self._log_destroy_pending = False
            raise TypeError(f"a coroutine was expected, got {coro!r}")
        self._name = f"Task-{_next_task_number()}" if name is None else str(name)
        self._context = contextvars.copy_context() if context is None else context
        self._coro = coro
        self._loop.call_soon(self._step, context=self._context)
        _all_tasks[id(self)] = _ref(self)

    def __del__(self, _forget=_all_tasks.pop):
        _forget(id(self), None)
        if self._state == "PENDING" and self._log_destroy_pending:
            _report_destroyed(self)
        elif self._log_traceback:
            super().__del__()

    def __repr__(self):
        return task_text(self)

    def get_coro(self):
        return self._coro

    def get_name(self):
        return self._name

    def set_name(self, value):
        self._name = str(value)

    def set_result(self, result):
        raise RuntimeError("Task does not support set_result operation")

    def set_exception(self, exception):
        raise RuntimeError("Task does not support set_exception operation")

    def get_stack(self, *, limit=None):
        return _task_get_stack(self, limit=limit)

    def print_stack(self, *, limit=None, file=None):
        return _task_print_stack(self, limit=limit, file=file)

    # ---- cancelling ----

    def cancel(self, msg=None):
        """Throw CancelledError into the coroutine at its next step. False: it is done already."""
        self._log_traceback = False
        if self._state != "PENDING":
            return False
        self._num_cancels_requested += 1
        waits_for = self._fut_waiter
        if waits_for is None or not waits_for.cancel(msg=msg):
            self._must_cancel, self._cancel_message = True, msg
        return True  # else its wakeup will come with the CancelledError

    def cancelling(self):
        return self._num_cancels_requested

    def uncancel(self):
        if self._num_cancels_requested > 0:
            self._num_cancels_requested -= 1
        return self._num_cancels_requested

    # ---- driving the coroutine ----

    def _step(self, exc=None):
        loop = self._loop
        if self._state != "PENDING":
            raise exceptions.InvalidStateError(f"_step(): already done: {self!r}, {exc!r}")
        if self._must_cancel:
            if not isinstance(exc, _CancelledError):
                exc = self._make_cancelled_error()
            self._must_cancel = False
        self._fut_waiter = None
        before = _current.get(loop)
        if before is not None:
            raise RuntimeError(f"Cannot enter into task {self!r} while another task {before!r} is being executed.")
        _current[loop] = self
        try:
            yielded = self._coro.send(None) if exc is None else self._coro.throw(exc)
        except StopIteration as e:
            if self._must_cancel:  # cancelled in its very last step
                self._must_cancel = False
                super().cancel(self._cancel_message)
            else:
                super().set_result(e.value)
        except _CancelledError as e:
            self._cancelled_exc = e
            super().cancel()
        except (KeyboardInterrupt, SystemExit) as e:
            super().set_exception(e)
            raise
        except BaseException as e:
            super().set_exception(e)
        else:
            self._wait_for(yielded, loop)
        finally:
            del _current[loop]
            self = None

    def _wait_for(self, yielded, loop):
        """The coroutine rests until what it yielded is done."""
        blocking = getattr(yielded, "_asyncio_future_blocking", None)
        if blocking:
            if yielded._loop is not loop:
                self._complain(f"Task {self!r} got Future {yielded!r} attached to a different loop")
            elif yielded is self:
                self._complain(f"Task cannot await on itself: {self!r}")
            else:
                yielded._asyncio_future_blocking = False
                yielded.add_done_callback(self._wakeup, context=self._context)
                self._fut_waiter = yielded
                if self._must_cancel and yielded.cancel(msg=self._cancel_message):
                    self._must_cancel = False
        elif yielded is None:
            loop.call_soon(self._step, context=self._context)
        elif blocking is not None:
            self._complain(f"yield was used instead of yield from in task {self!r} with {yielded!r}")
        elif inspect.isgenerator(yielded):
            self._complain(f"yield was used instead of yield from for generator in task {self!r} with {yielded!r}")
        else:
            self._complain(f"Task got bad yield: {yielded!r}")

    def _complain(self, message):
        self._loop.call_soon(self._step, RuntimeError(message), context=self._context)

    def _wakeup(self, future):
        """What the coroutine waited for is done."""
        try:
            future.result()
        except BaseException as e:
            self._step(e)
        else:
            self._step()
        self = None


def _task_get_stack(task, *, limit=None):
    """Where the coroutine rests; where its exception came from, oldest first, if it has raised one."""
    frame = getattr(task._coro, "cr_frame", None) or getattr(task._coro, "gi_frame", None)
    if frame is not None:
        return [frame]
    frames, traceback = [], task._exception.__traceback__ if task._exception is not None else None
    while traceback is not None and len(frames) != limit:
        frames.append(traceback.tb_frame)
        traceback = traceback.tb_next
    return frames


def _task_print_stack(task, *, limit=None, file=None):
    import linecache
    import traceback
    e = task._exception
    places = [(f, f.f_lineno) for f in task.get_stack(limit=limit)]
    if e is not None and task._coro.cr_frame is None:
        places = list(traceback.walk_tb(e.__traceback__))[:limit]
    if not places:
        print(f"No stack for {task!r}", file=file)
    else:
        print(f"Traceback for {task!r} (most recent call last):" if e is not None else f"Stack for {task!r} (most recent call last):", file=file)
    lines = []
    for frame, number in places:
        code = frame.f_code
        linecache.checkcache(code.co_filename)
        lines.append((code.co_filename, number, code.co_name, linecache.getline(code.co_filename, number, frame.f_globals)))
    traceback.print_list(lines, file=file)
    if e is not None:
        for line in traceback.format_exception_only(e.__class__, e):
            print(line, file=file, end="")


def _report_destroyed(task):
    """A task is going that has not come to its end."""
    task._loop.call_exception_handler({"task": task, "message": "Task was destroyed but it is pending!"})


_PyTask = Task
from _asyncio import Task  # the same, faster


# ---- which tasks there are ----

def current_task(loop=None):
    """The task that is running, or None."""
    return _current.get(events.get_running_loop() if loop is None else loop)


def all_tasks(loop=None):
    """The tasks of a loop that are not done."""
    loop = events.get_running_loop() if loop is None else loop
    tasks = [ref() for ref in list(_all_tasks.values())]
    return {t for t in tasks if t is not None and t.get_loop() is loop and not t.done()}


def _register_task(task):
    _all_tasks[id(task)] = _ref(task)


def _unregister_task(task):
    _all_tasks.pop(id(task), None)


def _enter_task(loop, task):
    before = _current.get(loop)
    if before is not None:
        raise RuntimeError(f"Cannot enter into task {task!r} while another task {before!r} is being executed.")
    _current[loop] = task


def _leave_task(loop, task):
    before = _current.get(loop)
    if before is not task:
        raise RuntimeError(f"Leaving task {task!r} does not match the current task {before!r}.")
    del _current[loop]


# ---- making them ----

def create_task(coro, *, name=None, context=None):
    """Let the running loop drive a coroutine. Keep the task: the loop does not."""
    return events.get_running_loop().create_task(coro, name=name, context=context)


def ensure_future(coro_or_future, *, loop=None):
    """A future as it is; a coroutine as a task."""
    if futures.isfuture(coro_or_future):
        if loop is not None and loop is not coro_or_future.get_loop():
            raise ValueError("The future belongs to a different loop than the one specified as the loop argument")
        return coro_or_future
    if iscoroutine(coro_or_future):
        coro, is_ours = coro_or_future, False
    elif inspect.isawaitable(coro_or_future):
        coro, is_ours = _await(coro_or_future), True
    else:
        raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
    if loop is None:
        loop = events.get_event_loop()
    try:
        return loop.create_task(coro)
    except RuntimeError:  # the loop is closed
        if not is_ours:
            coro.close()
        raise


async def _await(awaitable):
    return await awaitable


@types.coroutine
def _yield_once():
    yield


async def sleep(delay, result=None):
    """Let others run for delay seconds; sleep(0): for one pass of the loop."""
    if delay <= 0:
        await _yield_once()
        return result
    loop = events.get_running_loop()
    future = loop.create_future()
    timer = loop.call_later(delay, _set_result_unless_cancelled, future, result)
    try:
        return await future
    finally:
        timer.cancel()


def _set_result_unless_cancelled(future, result):
    if not future.cancelled():
        future.set_result(result)


def run_coroutine_threadsafe(coro, loop):
    """From another thread: let loop drive coro. A concurrent.futures.Future."""
    import concurrent.futures
    if not iscoroutine(coro):
        raise TypeError("A coroutine object is required")
    future = concurrent.futures.Future()

    def start():
        try:
            futures.follow(ensure_future(coro, loop=loop), future)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            if future.set_running_or_notify_cancel():
                future.set_exception(e)
            raise

    loop.call_soon_threadsafe(start)
    return future
