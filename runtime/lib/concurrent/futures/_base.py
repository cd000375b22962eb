"""Futures: the result of a call that may not be there yet.

    PENDING -> RUNNING -> FINISHED            the states of a future; a waiter is told when it reaches the last one
        \\-> CANCELLED -> CANCELLED_AND_NOTIFIED    (cancelled, and those who wait know it)
"""
import threading
from collections import namedtuple
from time import monotonic

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = 'FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED'
PENDING, RUNNING, FINISHED = 'PENDING', 'RUNNING', 'FINISHED'
CANCELLED, CANCELLED_AND_NOTIFIED = 'CANCELLED', 'CANCELLED_AND_NOTIFIED'
_WAS_CANCELLED = frozenset({CANCELLED, CANCELLED_AND_NOTIFIED})
_IS_OVER = _WAS_CANCELLED | {FINISHED}
_IS_KNOWN_TO_BE_OVER = frozenset({CANCELLED_AND_NOTIFIED, FINISHED})  # its waiters have been told


def __getattr__(name):
    if name != 'LOGGER':
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    from logging import getLogger  # it is large, and seldom needed
    return getLogger('concurrent.futures')


def _log():
    return __getattr__('LOGGER')


class Error(Exception):
    """What goes wrong with futures themselves."""


class CancelledError(Error):
    """The future was cancelled."""


class InvalidStateError(Error):
    """A future cannot do that in its state."""


class BrokenExecutor(RuntimeError):
    """The executor cannot run calls any more."""


TimeoutError = TimeoutError


class Future:
    """The result of a call that runs somewhere else. Made by an executor."""

    __class_getitem__ = classmethod(type(list[int]))

    def __init__(self):
        self._condition = threading.Condition()  # guards all of it; told when it is over
        self._state, self._result, self._exception = PENDING, None, None
        self._waiters, self._callbacks = [], []

    def __repr__(self):
        with self._condition:
            state, outcome = self._state.partition('_')[0].lower(), ''
            if self._state == FINISHED:
                value = self._exception or self._result
                outcome = f' {"raised" if self._exception else "returned"} {type(value).__name__}'
            return f'<{type(self).__name__} at {id(self):#x} state={state}{outcome}>'

    # ---- for who waits ----

    def _is_in(self, states):
        with self._condition:
            return self._state in states

    def cancelled(self):
        """Was the call cancelled?"""
        return self._is_in(_WAS_CANCELLED)

    def running(self):
        """Does the call run?"""
        return self._is_in({RUNNING})

    def done(self):
        """Finished or cancelled?"""
        return self._is_in(_IS_OVER)

    def cancel(self):
        """Cancel the call, if it has not begun; tells whether it is cancelled."""
        with self._condition:
            if self._state != PENDING:
                return self._state in _WAS_CANCELLED
            self._state = CANCELLED
            self._condition.notify_all()
        self._call_back()
        return True

    def add_done_callback(self, fn):
        """Call fn(future) when it is done, in the order they were added; at once if it is done already."""
        with self._condition:
            self._callbacks.append(fn)
            if self._state not in _IS_OVER:
                return
        self._call_back([self._callbacks.pop()])

    def _call_back(self, functions=None):
        for function in self._callbacks if functions is None else functions:
            try:
                function(self)
            except Exception:
                _log().exception('exception calling callback for %r', self)

    def _wait(self, timeout):
        """Wait until it is over; CancelledError or TimeoutError if it is not finished then. Under the condition."""
        if self._state not in _IS_OVER:
            self._condition.wait(timeout)
        if self._state != FINISHED:
            raise CancelledError() if self._state in _WAS_CANCELLED else TimeoutError()

    def result(self, timeout=None):
        """Wait for the call to end; give what it returned or raise what it raised."""
        try:
            with self._condition:
                self._wait(timeout)
                if self._exception is None:
                    return self._result
                raise self._exception
        finally:
            self = None  # the traceback shall not keep the future alive

    def exception(self, timeout=None):
        """Wait for the call to end; give what it raised, or None."""
        with self._condition:
            self._wait(timeout)
            return self._exception

    # ---- for executors ----

    def set_running_or_notify_cancel(self):
        """The call is about to begin. False: it was cancelled, and must not."""
        with self._condition:
            if self._state == PENDING:
                self._state = RUNNING
                return True
            if self._state != CANCELLED:
                _log().critical('Future %s in unexpected state: %s', id(self), self._state)
                raise RuntimeError('Future in unexpected state')
            self._state = CANCELLED_AND_NOTIFIED
            self._tell_waiters()
            return False

    def set_result(self, result):
        """The call returned this."""
        self._finish(result, None)

    def set_exception(self, exception):
        """The call raised this."""
        self._finish(None, exception)

    def _finish(self, result, exception):
        with self._condition:
            if self._state in _IS_OVER:
                raise InvalidStateError(f'{self._state}: {self!r}')
            self._state, self._result, self._exception = FINISHED, result, exception
            self._tell_waiters()
            self._condition.notify_all()
        self._call_back()

    def _tell_waiters(self):
        for waiter in self._waiters:
            waiter.add(self)


# ---- waiting for several futures: each has a list of waiters, which it tells when it is done ----

class _Waiter:
    """Gathers futures that are done, and raises its event when there are enough."""

    def __init__(self, futures, wanted=1, stops_at_exception=False):
        self.done, self.event, self._lock = [], threading.Event(), threading.Lock()
        self._wanted, self._stops_at_exception, self._futures = wanted, stops_at_exception, futures
        for future in futures:
            future._waiters.append(self)

    def add(self, future):
        """Called by a future that is done."""
        with self._lock:
            self.done.append(future)
            self._wanted -= 1
            if self._wanted <= 0 or self._stops_at_exception and future._exception is not None:
                self.event.set()

    def take(self):
        """What has come so far; the event is raised again by the next."""
        with self._lock:
            self.event.clear()
            self._wanted, taken, self.done = 1, self.done, []
            return taken

    def leave(self, futures):
        """Be told no more."""
        for future in futures:
            with future._condition:
                if self in future._waiters:
                    future._waiters.remove(self)


class _AllLocks:
    """Hold the conditions of several futures, always taken in the same order, so that two threads cannot deadlock."""

    def __init__(self, futures):
        self._conditions = [future._condition for future in sorted(futures, key=id)]

    def __enter__(self):
        for condition in self._conditions:
            condition.acquire()

    def __exit__(self, *exc_info):
        for condition in self._conditions:
            condition.release()


def _sorted_out(futures):
    """(those that are done, the others)"""
    done = {future for future in futures if future._state in _IS_KNOWN_TO_BE_OVER}
    return done, futures - done


def as_completed(fs, timeout=None):
    """Futures as they are done, whichever comes first; TimeoutError after timeout seconds."""
    end = None if timeout is None else monotonic() + timeout
    futures = set(fs)
    total = len(futures)
    with _AllLocks(futures):
        done, pending = _sorted_out(futures)
        waiter = _Waiter(pending)
    ready = list(done)
    del done
    try:
        while True:
            while ready:  # nobody holds a future here while the caller looks at it
                futures.discard(ready[0])
                yield ready.pop(0)
            if not pending:
                return
            left = None if end is None else end - monotonic()
            if left is not None and left < 0:
                raise TimeoutError(f'{len(pending)} (of {total}) futures unfinished')
            waiter.event.wait(left)
            ready = waiter.take()
            pending.difference_update(ready)
    finally:
        waiter.leave(futures)


DoneAndNotDoneFutures = namedtuple('DoneAndNotDoneFutures', 'done not_done')


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    """Wait until all, the first, or the first that fails is done, and sort them into done and not done."""
    futures = set(fs)
    with _AllLocks(futures):
        done, pending = _sorted_out(futures)
        if not pending or return_when == FIRST_COMPLETED and done:
            return DoneAndNotDoneFutures(done, pending)
        if return_when == FIRST_EXCEPTION and any(future._exception is not None for future in done):
            return DoneAndNotDoneFutures(done, pending)
        if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
            raise ValueError(f'Invalid return condition: {return_when!r}')
        waiter = _Waiter(pending, 1 if return_when == FIRST_COMPLETED else len(pending), return_when == FIRST_EXCEPTION)
    waiter.event.wait(timeout)
    waiter.leave(pending)
    done.update(waiter.done)
    return DoneAndNotDoneFutures(done, futures - done)


class Executor:
    """Something that runs calls: see ThreadPoolExecutor."""

    def submit(self, fn, /, *args, **kwargs):
        """Run fn(*args, **kwargs) some time; give its Future."""
        raise NotImplementedError()

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        """As map(), but the calls run at the same time. Results come in the order of the arguments."""
        end = None if timeout is None else monotonic() + timeout
        futures = [self.submit(fn, *args) for args in zip(*iterables)]  # here: the calls begin before a result is asked for
        futures.reverse()
        return _results(futures, end)

    def shutdown(self, wait=True, *, cancel_futures=False):
        """Take no more calls; wait for those that run."""

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.shutdown()
        return False


def _results(futures, end):
    """The results of futures, from the last to the first; what is left is cancelled at the end."""
    try:
        while futures:
            yield _result_of(futures.pop(), None if end is None else end - monotonic())
    finally:
        for future in futures:
            future.cancel()


def _result_of(future, timeout):
    try:
        return future.result(timeout)
    finally:
        future.cancel()
        del future  # the traceback shall not keep it alive
