"""A pool of threads: workers that take calls from one queue.

A worker is started when a call comes and no worker is idle, until there are max_workers. None in the queue tells a worker
to look whether it should end; it hands the None on to the next. At the end of the program all pools are told to finish what
they have, and their workers are joined.
"""
import itertools
import os
import queue
import threading
import weakref

from concurrent.futures import _base

_queues = weakref.WeakKeyDictionary()   # worker: the queue that it takes calls from
_program_ends = False
_end_lock = threading.Lock()            # guards _program_ends, against a submit() at the same time


def _end_all():
    global _program_ends
    with _end_lock:
        _program_ends = True
    workers = dict(_queues)
    for calls in workers.values():
        calls.put(None)
    for worker in workers:
        worker.join()


threading._register_atexit(_end_all)

if hasattr(os, 'register_at_fork'):
    os.register_at_fork(before=_end_lock.acquire, after_in_parent=_end_lock.release,
                        after_in_child=_end_lock._at_fork_reinit)


class _Here:
    """Where a worker makes its calls: in its own thread. (Others: interpreter.py)"""

    def __init__(self, initializer, initargs):
        self.initializer, self.initargs = initializer, initargs

    @staticmethod
    def prepare(function, args, kwargs):
        """What submit() puts into the queue."""
        return function, args, kwargs

    def begin(self):
        if self.initializer is not None:
            self.initializer(*self.initargs)

    def call(self, task):
        function, args, kwargs = task
        return function(*args, **kwargs)

    def end(self):
        pass


def _run(place, future, task):
    """Make a call; its future gets the result."""
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = place.call(task)
    except BaseException as error:
        future.set_exception(error)
        future = None  # no circle of exception, traceback and this frame
    else:
        future.set_result(result)


def _work(pool_reference, calls, place):
    """What a worker does. It holds the pool weakly: when nobody else uses the pool, its workers end."""
    try:
        place.begin()
    except BaseException:
        _base.LOGGER.critical('Exception in initializer:', exc_info=True)
        pool = pool_reference()
        if pool is not None:
            pool._break()
        place.end()
        return
    try:
        while True:
            call = _next_call(pool_reference, calls)
            if call is not None:
                _run(place, *call)
                del call  # it is kept by none while the worker waits
            elif _should_end(pool_reference()):
                calls.put(None)
                return
    except BaseException:
        _base.LOGGER.critical('Exception in worker', exc_info=True)
    finally:
        place.end()


def _next_call(pool_reference, calls):
    try:
        return calls.get_nowait()
    except queue.Empty:
        pool = pool_reference()
        if pool is not None:
            pool._idle.release()
        del pool
        return calls.get()


def _should_end(pool):
    if pool is None:
        return True
    pool._shutdown = pool._shutdown or _program_ends
    return pool._shutdown


class BrokenThreadPool(_base.BrokenExecutor):
    """An initializer failed."""


class ThreadPoolExecutor(_base.Executor):
    """Runs calls in threads, at most max_workers (by default 4 more than there are cores, at most 32)."""

    _number = itertools.count().__next__
    _place, _broken_error = _Here, BrokenThreadPool

    def __init__(self, max_workers=None, thread_name_prefix='', initializer=None, initargs=()):
        if max_workers is None:
            max_workers = min(32, 4 + (os.cpu_count() or 1))
        if max_workers <= 0:
            raise ValueError('max_workers must be greater than 0')
        if not (initializer is None or callable(initializer)):
            raise TypeError('initializer must be a callable')
        self._max_workers, self._initial = max_workers, (initializer, initargs)
        self._name = thread_name_prefix or f'{type(self).__name__ if type(self)._place is not _Here else "ThreadPoolExecutor"}-{self._number()}'
        self._calls, self._threads, self._idle = queue.SimpleQueue(), set(), threading.Semaphore(0)
        self._lock, self._shutdown, self._broken = threading.Lock(), False, False

    def submit(self, fn, /, *args, **kwargs):
        task = self._place.prepare(fn, args, kwargs)
        with self._lock, _end_lock:
            if self._broken:
                raise self._broken_error(self._broken)
            if self._shutdown or _program_ends:
                raise RuntimeError(f'cannot schedule new futures after {"" if self._shutdown else "interpreter "}shutdown')
            future = _base.Future()
            self._calls.put((future, task))
            if not self._idle.acquire(timeout=0) and len(self._threads) < self._max_workers:
                self._start_worker()
            return future

    submit.__doc__ = _base.Executor.submit.__doc__

    def _start_worker(self):
        calls = self._calls
        reference = weakref.ref(self, lambda _: calls.put(None))
        worker = threading.Thread(name=f'{self._name}_{len(self._threads)}', target=_work,
                                  args=(reference, calls, self._place(*self._initial)))
        worker.start()
        self._threads.add(worker)
        _queues[worker] = calls

    def _waiting(self):
        """The calls in the queue, taken out."""
        while True:
            try:
                call = self._calls.get_nowait()
            except queue.Empty:
                return
            if call is not None:
                yield call

    def _break(self):
        """An initializer failed: so will all calls."""
        with self._lock:
            self._broken = 'A thread initializer failed, the thread pool is not usable anymore'
            for future, *_ in self._waiting():
                future.set_exception(self._broken_error(self._broken))

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._lock:
            self._shutdown = True
            if cancel_futures:
                for future, *_ in self._waiting():
                    future.cancel()
            self._calls.put(None)
        if wait:
            for worker in self._threads:
                worker.join()

    shutdown.__doc__ = _base.Executor.shutdown.__doc__
