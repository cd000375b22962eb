"""A pool of threads, each with an interpreter of its own: calls run really at the same time, and share nothing.

Next: thread.py (the pool), concurrent/interpreters (what goes over, and how).  CPython 3.14: Lib/concurrent/futures/interpreter.py.
"""
from concurrent import interpreters
from concurrent.futures import thread
import _crossing
import _crossing_inside as _inside


def _call(task):
    """There: a call whose exception is to come back as itself, if it can."""
    try:
        function, args, kwargs = _crossing.loads(task, _inside.script)
        return True, function(*args, **kwargs)
    except BaseException as error:
        told = _inside.describe(error)
        try:
            copy = _crossing.dumps(error)
        except _crossing.NotShareableError:
            copy = None
        return False, (copy, told)


class _There:
    """Where a worker makes its calls: in its interpreter."""

    def __init__(self, initializer, initargs):
        self.first = None if initializer is None else self.prepare(initializer, initargs, {})
        self.interpreter = None

    @staticmethod
    def prepare(function, args, kwargs):
        if isinstance(function, str):
            raise TypeError('fn must be a callable')
        return _crossing.dumps((function, args, kwargs))

    def begin(self):
        self.interpreter = interpreters.create()
        if self.first is not None:
            self.call(self.first)

    def call(self, task):
        succeeded, answer = self.interpreter.call(_call, task)
        if succeeded:
            return answer
        copy, told = answer
        failure = interpreters.ExecutionFailed(told)
        if copy is None:
            raise failure
        raise _crossing.loads(copy) from failure

    def end(self):
        interpreter, self.interpreter = self.interpreter, None
        if interpreter is not None:
            interpreter.close()


class BrokenInterpreterPool(thread.BrokenThreadPool):
    """An initializer failed."""


class InterpreterPoolExecutor(thread.ThreadPoolExecutor):
    """Runs calls in isolated interpreters, one a worker; functions, arguments and results are copied."""

    _place, _broken_error = _There, BrokenInterpreterPool

    def __init__(self, max_workers=None, thread_name_prefix='', initializer=None, initargs=()):
        super().__init__(max_workers, thread_name_prefix, initializer, initargs)
        _There(*self._initial)  # what cannot be copied is told at once
