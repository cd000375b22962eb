"""Futures: the result of a call that may not be there yet.

    PENDING -> RUNNING -> FINISHED            the states of a future; a waiter is told when it reaches the last one
        \\-> CANCELLED -> CANCELLED_AND_NOTIFIED    (cancelled, and those who wait know it)
"""

import threading
import time
from collections import namedtuple

FIRST_COMPLETED = 'FIRST_COMPLETED'
FIRST_EXCEPTION = 'FIRST_EXCEPTION'
ALL_COMPLETED = 'ALL_COMPLETED'
_AS_COMPLETED = '_AS_COMPLETED'

PENDING = 'PENDING'
RUNNING = 'RUNNING'
CANCELLED = 'CANCELLED'
CANCELLED_AND_NOTIFIED = 'CANCELLED_AND_NOTIFIED'
FINISHED = 'FINISHED'
_DONE = (CANCELLED_AND_NOTIFIED, FINISHED)

GenericAlias = type(list[int])


def __getattr__(name):
    # logging is large, and seldom needed.
    if name == 'LOGGER':
        import logging
        return logging.getLogger('concurrent.futures')
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')


def _logger():
    return __getattr__('LOGGER')



class Error(Exception):
    """What goes wrong with futures themselves."""


class CancelledError(Error):
    """The future was cancelled."""


TimeoutError = TimeoutError


class InvalidStateError(Error):
    """A future cannot do that in its state."""


class BrokenExecutor(RuntimeError):
    """The executor cannot run calls any more."""


# ---- waiting for several futures: each has a list of waiters, which it tells when it is done ----

class _Waiter:
    """Gathers futures that are done, and raises its event when there are enough."""

    def __init__(self, pending=1, stop_on_exception=False):
        self.event = threading.Event()
        self.lock = threading.Lock()
        self.finished_futures = []
        self.pending = pending
        self.stop_on_exception = stop_on_exception

    def _add(self, future, enough=False):
        with self.lock:
            self.finished_futures.append(future)
            self.pending -= 1
            if enough or self.pending <= 0:
                self.event.set()

    def add_result(self, future):
        self._add(future)

    def add_exception(self, future):
        self._add(future, self.stop_on_exception)

    def add_cancelled(self, future):
        self._add(future)

    def take(self):
        """What has come so far, and start again."""
        with self.lock:
            finished = self.finished_futures
            self.finished_futures = []
            self.pending = 1
            self.event.clear()
            return finished


class _AllLocks:
    """Hold the conditions of several futures, always taken in the same order, so that two threads cannot deadlock."""

    def __init__(self, futures):
        self.futures = sorted(futures, key=id)

    def __enter__(self):
        for future in self.futures:
            future._condition.acquire()

    def __exit__(self, *args):
        for future in self.futures:
            future._condition.release()


def _forget_waiter(futures, waiter):
    for future in futures:
        with future._condition:
            if waiter in future._waiters:
                future._waiters.remove(waiter)


def as_completed(fs, timeout=None):
    """Futures as they are done, whichever comes first; TimeoutError after timeout seconds."""
    end = None if timeout is None else time.monotonic() + timeout
    fs = set(fs)
    total = len(fs)
    with _AllLocks(fs):
        done = set(f for f in fs if f._state in _DONE)
        pending = fs - done
        waiter = _Waiter()
        for future in pending:
            future._waiters.append(waiter)
    finished = list(done)
    done = None
    try:
        yield from _give_away(finished, fs)
        while pending:
            left = None
            if end is not None:
                left = end - time.monotonic()
                if left < 0:
                    raise TimeoutError(f'{len(pending)} (of {total}) futures unfinished')
            waiter.event.wait(left)
            finished = waiter.take()
            pending.difference_update(finished)
            yield from _give_away(finished, fs)
    finally:
        _forget_waiter(fs, waiter)


def _give_away(finished, fs):
    # Nobody holds a future here while the caller looks at it.
    finished.reverse()
    while finished:
        fs.discard(finished[-1])
        yield finished.pop()


DoneAndNotDoneFutures = namedtuple('DoneAndNotDoneFutures', 'done not_done')


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    """Wait until all, the first, or the first that fails is done, and sort them into done and not done."""
    fs = set(fs)
    with _AllLocks(fs):
        done = {f for f in fs if f._state in _DONE}
        not_done = fs - done
        has_failed = any(not f.cancelled() and f.exception() is not None for f in done)
        if (not not_done or (return_when == FIRST_COMPLETED and done)
                or (return_when == FIRST_EXCEPTION and has_failed)):
            return DoneAndNotDoneFutures(done, not_done)
        if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
            raise ValueError('Invalid return condition: %r' % return_when)
        waiter = _Waiter(1 if return_when == FIRST_COMPLETED else len(not_done), return_when == FIRST_EXCEPTION)
        for future in not_done:
            future._waiters.append(waiter)
    waiter.event.wait(timeout)
    _forget_waiter(not_done, waiter)
    done.update(waiter.finished_futures)
    return DoneAndNotDoneFutures(done, fs - done)


class Future:
    """The result of a call that runs somewhere else. Made by an executor."""

    def __init__(self):
        self._condition = threading.Condition()
        self._state = PENDING
        self._result = None
        self._exception = None
        self._waiters = []
        self._done_callbacks = []

    def __repr__(self):
        with self._condition:
            state = 'cancelled' if self._state == CANCELLED_AND_NOTIFIED else self._state.lower()
            text = f'<{self.__class__.__name__} at {id(self):#x} state={state}'
            if self._state == FINISHED:
                if self._exception:
                    text += f' raised {self._exception.__class__.__name__}'
                else:
                    text += f' returned {self._result.__class__.__name__}'
            return text + '>'

    # ---- for who waits ----

    def cancel(self):
        """Cancel the call, if it has not begun; tells whether it is cancelled."""
        with self._condition:
            if self._state in (RUNNING, FINISHED):
                return False
            if self._state in (CANCELLED, CANCELLED_AND_NOTIFIED):
                return True
            self._state = CANCELLED
            self._condition.notify_all()
        self._invoke_callbacks()
        return True

    def cancelled(self):
        with self._condition:
            return self._state in (CANCELLED, CANCELLED_AND_NOTIFIED)

    def running(self):
        with self._condition:
            return self._state == RUNNING

    def done(self):
        """Finished or cancelled?"""
        with self._condition:
            return self._state in (CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED)

    def add_done_callback(self, fn):
        """Call fn(future) when it is done, in the order they were added; at once if it is done already."""
        with self._condition:
            if self._state not in (CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED):
                self._done_callbacks.append(fn)
                return
        self._call_back(fn)

    def _call_back(self, fn):
        try:
            fn(self)
        except Exception:
            _logger().exception('exception calling callback for %r', self)

    def _invoke_callbacks(self):
        for fn in self._done_callbacks:
            self._call_back(fn)

    def _wait_until_done(self, timeout):
        # Under the condition.
        if self._state not in (CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED):
            self._condition.wait(timeout)
        if self._state in (CANCELLED, CANCELLED_AND_NOTIFIED):
            raise CancelledError()
        if self._state != FINISHED:
            raise TimeoutError()

    def result(self, timeout=None):
        """Wait for the call to end; give what it returned or raise what it raised."""
        try:
            with self._condition:
                self._wait_until_done(timeout)
                if self._exception:
                    raise self._exception
                return self._result
        finally:
            self = None             # the traceback shall not keep the future alive

    def exception(self, timeout=None):
        """Wait for the call to end; give what it raised, or None."""
        with self._condition:
            self._wait_until_done(timeout)
            return self._exception

    # ---- for executors ----

    def set_running_or_notify_cancel(self):
        """The call is about to begin. False: it was cancelled, and must not."""
        with self._condition:
            if self._state == CANCELLED:
                self._state = CANCELLED_AND_NOTIFIED
                for waiter in self._waiters:
                    waiter.add_cancelled(self)
                return False
            if self._state == PENDING:
                self._state = RUNNING
                return True
            _logger().critical('Future %s in unexpected state: %s', id(self), self._state)
            raise RuntimeError('Future in unexpected state')

    def _finish(self, result, exception):
        with self._condition:
            if self._state in (CANCELLED, CANCELLED_AND_NOTIFIED, FINISHED):
                raise InvalidStateError(f'{self._state}: {self!r}')
            self._result = result
            self._exception = exception
            self._state = FINISHED
            for waiter in self._waiters:
                if exception is None:
                    waiter.add_result(self)
                else:
                    waiter.add_exception(self)
            self._condition.notify_all()
        self._invoke_callbacks()

    def set_result(self, result):
        self._finish(result, None)

    def set_exception(self, exception):
        self._finish(None, exception)

    __class_getitem__ = classmethod(GenericAlias)


class Executor:
    """Something that runs calls: see ThreadPoolExecutor."""

    def submit(self, fn, /, *args, **kwargs):
        """Run fn(*args, **kwargs) some time; give its Future."""
        raise NotImplementedError()

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        """As map(), but the calls run at the same time. Results come in the order of the arguments."""
        end = None if timeout is None else time.monotonic() + timeout
        futures = [self.submit(fn, *args) for args in zip(*iterables)]

        def results():
            # Inside a generator, so that the calls begin before the first result is asked for.
            try:
                futures.reverse()
                while futures:
                    left = None if end is None else end - time.monotonic()
                    yield _result_or_cancel(futures.pop(), left)
            finally:
                for future in futures:
                    future.cancel()
        return results()

    def shutdown(self, wait=True, *, cancel_futures=False):
        """Take no more calls; wait for those that run."""

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown(wait=True)
        return False


def _result_or_cancel(future, timeout):
    try:
        try:
            return future.result(timeout)
        finally:
            future.cancel()
    finally:
        del future
