"""multiprocessing.synchronize - locks and what is made of them, on semaphores that processes share.

A semaphore has a name in the system only for a moment, so that it cannot be left over; a child that is spawned needs the name, so there it stays,
and the resource tracker knows of it.
Next: runtime/modules/multiprocessing_module.c (SemLock), threading.py (the same for threads).  CPython: Lib/multiprocessing/synchronize.py.
"""
import os
import sys
import threading
from time import monotonic

import _multiprocessing

from . import context, process, util

__all__ = ['Lock', 'RLock', 'Semaphore', 'BoundedSemaphore', 'Condition', 'Event']

RECURSIVE_MUTEX, SEMAPHORE = range(2)
if sys._workers == 'interpreters':
    from _workers import Tokens as _Native  # all in one process: no semaphore of the system is needed
else:
    _Native = _multiprocessing.SemLock
SEM_VALUE_MAX = _Native.SEM_VALUE_MAX


def _random_name():
    return os.urandom(6).hex()


class SemLock:
    """A semaphore that goes along to other processes."""

    def __init__(self, kind, value, maxvalue, *, ctx):
        ctx = ctx or context._default_context.get_context()
        self._is_fork_ctx = ctx.get_start_method() == 'fork'
        for _ in range(100):
            try:
                sl = self._semlock = _Native(kind, value, maxvalue, self._make_name(), self._is_fork_ctx)
                break
            except FileExistsError:
                pass
        else:
            raise FileExistsError('cannot find name for semaphore')
        util.debug('created semlock with handle %s', sl.handle)
        self._make_methods()
        util.register_after_fork(self, SemLock._forget_count)
        if sl.name is not None:
            from .resource_tracker import register
            register(sl.name, 'semaphore')
            util.Finalize(self, SemLock._cleanup, (sl.name,), exitpriority=0)

    @staticmethod
    def _cleanup(name):
        from .resource_tracker import unregister
        _multiprocessing.sem_unlink(name)
        unregister(name, 'semaphore')

    def _forget_count(self):
        self._semlock._after_fork()

    def _make_methods(self):
        self.acquire, self.release = self._semlock.acquire, self._semlock.release

    def __enter__(self):
        return self._semlock.__enter__()

    def __exit__(self, *args):
        return self._semlock.__exit__(*args)

    def __getstate__(self):
        context.assert_spawning(self)
        sl = self._semlock
        if self._is_fork_ctx and _Native is _multiprocessing.SemLock:
            raise RuntimeError('A SemLock created in a fork context is being shared with a process in a spawn context. This is not supported. '
                               'Please use the same context to create multiprocessing objects and Process.')
        return sl.handle, sl.kind, sl.maxvalue, sl.name

    def __setstate__(self, state):
        self._semlock = _Native._rebuild(*state)
        util.debug('recreated blocker with handle %r', state[0])
        self._make_methods()
        self._is_fork_ctx = False

    @staticmethod
    def _make_name():
        return f"{process.current_process()._config['semprefix']}-{_random_name()}"

    def _value_text(self):
        try:
            return self._semlock._get_value()
        except Exception:
            return 'unknown'


class Semaphore(SemLock):
    """Lets as many in as its value says."""

    def __init__(self, value=1, *, ctx):
        super().__init__(SEMAPHORE, value, SEM_VALUE_MAX, ctx=ctx)

    def get_value(self):
        """How many may still come in."""
        return self._semlock._get_value()

    def __repr__(self):
        return f'<{type(self).__name__}(value={self._value_text()})>'


class BoundedSemaphore(Semaphore):
    """A semaphore that is not released more often than it was acquired."""

    def __init__(self, value=1, *, ctx):
        SemLock.__init__(self, SEMAPHORE, value, value, ctx=ctx)

    def __repr__(self):
        return f'<{type(self).__name__}(value={self._value_text()}, maxvalue={self._semlock.maxvalue})>'


def _this_one():
    """The name of the process, and of the thread when it is not the main one."""
    name = process.current_process().name
    if threading.current_thread().name != 'MainThread':
        name += '|' + threading.current_thread().name
    return name


class Lock(SemLock):
    """One process or thread at a time. Anyone may release it."""

    def __init__(self, *, ctx):
        super().__init__(SEMAPHORE, 1, 1, ctx=ctx)

    def __repr__(self):
        try:
            if self._semlock._is_mine():
                name = _this_one()
            elif self._semlock._get_value() == 1:
                name = 'None'
            elif self._semlock._count() > 0:
                name = 'SomeOtherThread'
            else:
                name = 'SomeOtherProcess'
        except Exception:
            name = 'unknown'
        return f'<{type(self).__name__}(owner={name})>'


class RLock(SemLock):
    """A lock that its owner may take again."""

    def __init__(self, *, ctx):
        super().__init__(RECURSIVE_MUTEX, 1, 1, ctx=ctx)

    def __repr__(self):
        try:
            if self._semlock._is_mine():
                name, count = _this_one(), self._semlock._count()
            elif self._semlock._get_value() == 1:
                name, count = 'None', 0
            elif self._semlock._count() > 0:
                name, count = 'SomeOtherThread', 'nonzero'
            else:
                name, count = 'SomeOtherProcess', 'nonzero'
        except Exception:
            name, count = 'unknown', 'unknown'
        return f'<{type(self).__name__}({name}, {count})>'


class Condition:
    """A lock, and sleepers who wait to be told.

    A sleeper counts itself in `sleeping` and waits for `wait`; when it is awake it counts itself in `woken`. Who notifies thus knows how many sleep,
    and waits until as many woke as it called, so that nobody takes a call that was for another.
    """

    def __init__(self, lock=None, *, ctx):
        self._lock = lock or ctx.RLock()
        self._sleeping_count, self._woken_count, self._wait_semaphore = ctx.Semaphore(0), ctx.Semaphore(0), ctx.Semaphore(0)
        self._make_methods()

    def __getstate__(self):
        context.assert_spawning(self)
        return self._lock, self._sleeping_count, self._woken_count, self._wait_semaphore

    def __setstate__(self, state):
        self._lock, self._sleeping_count, self._woken_count, self._wait_semaphore = state
        self._make_methods()

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def _make_methods(self):
        self.acquire, self.release = self._lock.acquire, self._lock.release

    def __repr__(self):
        try:
            waiters = self._sleeping_count._semlock._get_value() - self._woken_count._semlock._get_value()
        except Exception:
            waiters = 'unknown'
        return f'<{type(self).__name__}({self._lock}, {waiters})>'

    def wait(self, timeout=None):
        """Let the lock go, sleep until notified or for timeout seconds, take the lock again. True: notified."""
        assert self._lock._semlock._is_mine(), 'must acquire() condition before using wait()'
        self._sleeping_count.release()
        times = self._lock._semlock._count()
        for _ in range(times):
            self._lock.release()
        try:
            return self._wait_semaphore.acquire(True, timeout)
        finally:
            self._woken_count.release()
            for _ in range(times):
                self._lock.acquire()

    def notify(self, n=1):
        """Wake n sleepers, or as many as there are."""
        assert self._lock._semlock._is_mine(), 'lock is not owned'
        assert not self._wait_semaphore.acquire(False), 'notify: Should not have been able to acquire _wait_semaphore'
        # Those whose time ran out are neither asleep nor woken any more.
        while self._woken_count.acquire(False):
            asleep = self._sleeping_count.acquire(False)
            assert asleep, 'notify: Bug in sleeping_count.acquire - asleep should not be False'
        called = 0
        while called < n and self._sleeping_count.acquire(False):
            self._wait_semaphore.release()
            called += 1
        if called:
            for _ in range(called):
                self._woken_count.acquire()
            # A sleeper whose time ran out meanwhile left its call behind.
            while self._wait_semaphore.acquire(False):
                pass

    def notify_all(self):
        """Wake all."""
        self.notify(SEM_VALUE_MAX)

    def wait_for(self, predicate, timeout=None):
        """Wait until predicate() is true, or for timeout seconds; gives what it gave last."""
        result = predicate()
        if result:
            return result
        end = None if timeout is None else monotonic() + timeout
        while not result:
            left = None if end is None else end - monotonic()
            if left is not None and left <= 0:
                break
            self.wait(left)
            result = predicate()
        return result


class Event:
    """A flag that can be waited for."""

    def __init__(self, *, ctx):
        self._cond, self._flag = ctx.Condition(ctx.Lock()), ctx.Semaphore(0)

    def is_set(self):
        with self._cond:
            return self._look()

    def _look(self):
        if self._flag.acquire(False):
            self._flag.release()
            return True
        return False

    def set(self):
        with self._cond:
            self._flag.acquire(False)
            self._flag.release()
            self._cond.notify_all()

    def clear(self):
        with self._cond:
            self._flag.acquire(False)

    def wait(self, timeout=None):
        """Wait until the flag is set, at most timeout seconds. True: it is set."""
        with self._cond:
            if not self._look():
                self._cond.wait(timeout)
            return self._look()

    def __repr__(self):
        state = 'set' if self.is_set() else 'unset'
        return f'<{type(self).__qualname__} at {id(self):#x} {state}>'


_FILLING, _DRAINING, _RESETTING, _BROKEN = 0, 1, -1, -2


class Barrier(threading.Barrier):
    """A point where processes wait for each other. What it knows is two numbers in shared memory:

        _FILLING -> _DRAINING -> _FILLING      all have come; they leave, then it begins anew
            |-> _RESETTING -> _FILLING         reset(): those who wait leave with an error
            '-> _BROKEN                        abort(), a wait that took too long, or an action that raised
    """

    def __init__(self, parties, action=None, timeout=None, *, ctx):
        from struct import calcsize
        from .heap import BufferWrapper
        self.__setstate__((parties, action, timeout, ctx.Condition(), BufferWrapper(calcsize('i') * 2)))
        self._state = self._count = 0

    def __setstate__(self, state):
        self._parties, self._action, self._timeout, self._cond, self._wrapper = state
        self._numbers = self._wrapper.create_memoryview().cast('i')

    def __getstate__(self):
        return self._parties, self._action, self._timeout, self._cond, self._wrapper

    def _number(i, doc):
        def read(self):
            return self._numbers[i]

        def write(self, value):
            self._numbers[i] = value

        return property(read, write, doc=doc)

    _state, _count = _number(0, 'one of the four above'), _number(1, 'how many are inside')
    del _number

    def wait(self, timeout=None):
        """Wait for the others. Each gets another number from 0 to parties - 1."""
        with self._cond:
            while self._state in (_DRAINING, _RESETTING):
                self._cond.wait()
            self._check()
            index = self._count
            self._count += 1
            try:
                if index + 1 == self._parties:
                    self._open()
                elif not self._cond.wait_for(lambda: self._state != _FILLING, self._timeout if timeout is None else timeout):
                    self._end(_BROKEN)
                if self._state != _DRAINING:
                    raise threading.BrokenBarrierError
                return index
            finally:
                self._count -= 1
                if self._count == 0 and self._state in (_DRAINING, _RESETTING):
                    self._end(_FILLING)

    def _check(self):
        if self._state == _BROKEN:
            raise threading.BrokenBarrierError

    def _open(self):
        try:
            if self._action:
                self._action()
        except:
            self._end(_BROKEN)
            raise
        self._end(_DRAINING)

    def _end(self, state):
        self._state = state
        self._cond.notify_all()

    def reset(self):
        """Back to empty. Those who wait get BrokenBarrierError."""
        with self._cond:
            if self._count == 0:
                self._end(_FILLING)
            elif self._state in (_FILLING, _BROKEN):
                self._end(_RESETTING)

    def abort(self):
        """Break the barrier: all who wait, and all who come, get BrokenBarrierError."""
        with self._cond:
            self._end(_BROKEN)

    @property
    def n_waiting(self):
        return self._count if self._state == _FILLING else 0

    @property
    def broken(self):
        return self._state == _BROKEN
