"""Run calls elsewhere and get their results later.

Next: _base.py (Future, and waiting for several), thread.py and process.py (the pools).
"""

import sys

from concurrent.futures._base import (ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, BrokenExecutor, CancelledError,
                                      Executor, Future, InvalidStateError, TimeoutError, as_completed, wait)

__all__ = ('FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED', 'CancelledError', 'TimeoutError', 'BrokenExecutor',
           'Future', 'Executor', 'wait', 'as_completed', 'ProcessPoolExecutor', 'ThreadPoolExecutor', 'InterpreterPoolExecutor')


def __dir__():
    return __all__ + ('__author__', '__doc__')


def __getattr__(name):
    # The pools are imported when they are asked for.
    if name == 'ThreadPoolExecutor':
        from concurrent.futures.thread import ThreadPoolExecutor
        if sys._workers != 'threads':
            import _workers
            if not _workers.is_library(sys._getframe(1)):
                return _workers.pool_class(ThreadPoolExecutor)
            return ThreadPoolExecutor
        globals()[name] = ThreadPoolExecutor
        return ThreadPoolExecutor
    if name == 'ProcessPoolExecutor':
        from concurrent.futures.process import ProcessPoolExecutor
        globals()[name] = ProcessPoolExecutor
        return ProcessPoolExecutor
    if name == 'InterpreterPoolExecutor':
        from concurrent.futures.interpreter import InterpreterPoolExecutor
        globals()[name] = InterpreterPoolExecutor
        return InterpreterPoolExecutor
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
