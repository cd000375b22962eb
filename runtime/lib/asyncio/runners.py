"""run(main()): a loop from beginning to end. And to_thread()."""
import contextvars
import functools
import signal
import threading

from asyncio import events, exceptions, tasks, waiting


class Runner:
    """A loop and a context in which run() may be called several times. The loop is made when it is first needed."""

    def __init__(self, *, debug=None, loop_factory=None):
        self._debug, self._loop_factory = debug, loop_factory
        self._loop = self._context = None
        self._is_closed = False
        self._is_current = False  # the loop was set as this thread's own

    def __enter__(self):
        self.get_loop()
        return self

    def __exit__(self, *exc):
        self.close()

    def get_loop(self):
        if self._is_closed:
            raise RuntimeError("Runner is closed")
        if self._loop is None:
            self._loop = self._make_loop()
            self._context = contextvars.copy_context()
        return self._loop

    def _make_loop(self):
        if self._loop_factory is not None:
            loop = self._loop_factory()
        else:
            loop = events.new_event_loop()
            events.set_event_loop(loop)
            self._is_current = True
        if self._debug is not None:
            loop.set_debug(self._debug)
        return loop

    def run(self, coro, *, context=None):
        if not tasks.iscoroutine(coro) or not hasattr(coro, "cr_await"):
            raise ValueError(f"a coroutine was expected, got {coro!r}")
        if events._get_running_loop() is not None:
            raise RuntimeError("Runner.run() cannot be called from a running event loop")
        loop = self.get_loop()
        task = loop.create_task(coro, context=self._context if context is None else context)
        with _CtrlC(loop, task) as ctrl_c:
            try:
                return loop.run_until_complete(task)
            except exceptions.CancelledError:
                if ctrl_c.count and hasattr(task, "uncancel") and task.uncancel() == 0:
                    raise KeyboardInterrupt()  # nobody but Ctrl-C has cancelled it
                raise

    def close(self):
        """Cancel what is left, and close the loop."""
        loop = self._loop
        if loop is not None:
            try:
                _finish(loop)
            finally:
                self._loop, self._is_closed = None, True
                if self._is_current:
                    events.set_event_loop(None)
                loop.close()


class _CtrlC:
    """A handler of SIGINT while the loop runs in the main thread: the first Ctrl-C cancels the main task, the second interrupts whatever runs."""

    def __init__(self, loop, task):
        self.loop, self.task, self.count, self.is_set = loop, task, 0, False

    def __call__(self, number, frame):
        self.count += 1
        if self.count > 1 or self.task.done():
            raise KeyboardInterrupt()
        self.task.cancel()
        self.loop.call_soon_threadsafe(int)  # something to do: the loop wakes

    def __enter__(self):
        if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            try:
                signal.signal(signal.SIGINT, self)
                self.is_set = True
            except ValueError:
                pass  # not in the main interpreter
        return self

    def __exit__(self, *exc):
        if self.is_set and signal.getsignal(signal.SIGINT) is self:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def run(main, *, debug=None):
    """Run a coroutine in a loop of its own, and give its result."""
    if events._get_running_loop() is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    with Runner(debug=debug) as r:
        return r.run(main)


def _finish(loop):
    """Cancel the tasks that are left and wait for them, then for generators and threads."""
    left = tasks.all_tasks(loop)
    if left:
        for task in left:
            task.cancel()
        loop.run_until_complete(waiting.gather(*left, return_exceptions=True))
    for task in left:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            loop.call_exception_handler({"message": "unhandled exception during asyncio.run() shutdown", "exception": error, "task": task})
    for shut_down in (loop.shutdown_asyncgens, loop.shutdown_default_executor):
        loop.run_until_complete(shut_down())


async def to_thread(func, /, *args, **kwargs):
    """Call func in a thread, in a copy of this context."""
    loop = events.get_running_loop()
    call = functools.partial(contextvars.copy_context().run, func, *args, **kwargs)
    return await loop.run_in_executor(None, call)
