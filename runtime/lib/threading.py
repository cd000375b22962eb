"""threading - threads, and what they use to wait for each other.

Two things are native (_thread): starting a thread, and a lock.  All else is made of them here, so this is the place to see what
waiting is: a Condition is a lock and a queue of sleepers, each of whom waits for a lock of its own; Semaphore, Event and Barrier
are a value guarded by a Condition; join() waits for a lock that a thread holds as long as it lives.
Keeps: a Thread is in _limbo from start() until it runs, then in _active under its ident until it ends.
Next: queue.py, concurrent/futures/thread.py; runtime/modules/thread_module.c.
"""

import _thread
import posix as _posix
import sys as _sys
from _collections import deque as _deque
from _thread import (TIMEOUT_MAX, _drop_locals, _ExceptHookArgs as ExceptHookArgs, _local as local, allocate_lock as Lock, error as ThreadError,
                     get_ident, get_native_id, RLock as _CRLock, stack_size, start_new_thread as _start_new_thread)
from _weakrefset import WeakSet as _WeakSet
from itertools import count as _count
from time import monotonic as _now

__all__ = '''get_ident active_count Condition current_thread enumerate main_thread TIMEOUT_MAX Event Lock RLock Semaphore
BoundedSemaphore Thread Barrier BrokenBarrierError Timer ThreadError setprofile settrace local stack_size excepthook
ExceptHookArgs getprofile gettrace get_native_id'''.split()


def RLock(*args, **kwargs):
    """A lock that the thread which holds it may take again; it is free when it was released as often."""
    return _CRLock(*args, **kwargs)


def _place(thing):
    """How the repr of a waiting thing begins."""
    cls = type(thing)
    return f'<{cls.__module__}.{cls.__qualname__} at {id(thing):#x}: '


def _old_name(name, advice, call):
    """A function under its name from before Python 2.6: warns, then does as call."""
    def old(*args):
        import warnings
        warnings.warn(f'{name}() is deprecated, {advice} instead', DeprecationWarning, stacklevel=2)
        return call(*args)

    old.__name__ = old.__qualname__ = name
    old.__doc__ = f'Deprecated: {advice} instead.'
    return old


# ---- tracing: the functions are kept for those who ask; gilly has no sys.settrace to give them to ----

_hooks = {'profile': None, 'trace': None}


def setprofile(func):
    """Set a profile function for all threads started from now on."""
    _hooks['profile'] = func


def getprofile():
    return _hooks['profile']


def settrace(func):
    """Set a trace function for all threads started from now on."""
    _hooks['trace'] = func


def gettrace():
    return _hooks['trace']


# ---- Condition: wait until another thread says that something has changed ----

class Condition:
    """A lock with a waiting room.

    wait() lets the lock go, sleeps until notify(), and takes the lock again.  Each sleeper waits for a lock of its own, which
    notify() lets go; so whoever waits longest is woken first.
    """

    def __init__(self, lock=None):
        if lock is None:
            lock = RLock()
        self._lock, self._waiters = lock, _deque()
        self.acquire, self.release = lock.acquire, lock.release
        # An RLock can be let go of at once however often it was taken, and knows its owner.
        for name in ('_release_save', '_acquire_restore', '_is_owned'):
            method = getattr(lock, name, None)
            if method is not None:
                setattr(self, name, method)

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *exc_info):
        return self._lock.__exit__(*exc_info)

    def __repr__(self):
        return f'<Condition({self._lock}, {len(self._waiters)})>'

    # For a plain lock; of that one can only say whether somebody holds it.

    def _release_save(self):
        self._lock.release()

    def _acquire_restore(self, saved):
        self._lock.acquire()

    def _is_owned(self):
        free = self._lock.acquire(False)
        if free:
            self._lock.release()
        return not free

    def _at_fork_reinit(self):
        self._waiters.clear()
        self._lock._at_fork_reinit()

    def _leave(self, waiter):
        try:
            self._waiters.remove(waiter)
        except ValueError:
            pass  # somebody else has taken it off the queue

    def wait(self, timeout=None):
        """Let the lock go and sleep until notified; False when timeout seconds passed first.  The lock is held again then."""
        if not self._is_owned():
            raise RuntimeError('cannot wait on un-acquired lock')
        bed = Lock()
        bed.acquire()
        self._waiters.append(bed)
        saved = self._release_save()
        woken = False
        try:
            if timeout is None:
                woken = bed.acquire()
            elif timeout > 0:
                woken = bed.acquire(True, timeout)
            else:
                woken = bed.acquire(False)
            return woken
        finally:
            self._acquire_restore(saved)
            if not woken:
                self._leave(bed)

    def wait_for(self, predicate, timeout=None):
        """wait() until predicate() is true, and give its last result."""
        deadline = timeout if timeout is None else _now() + timeout
        while not (result := predicate()):
            if deadline is None:
                self.wait()
            else:
                left = deadline - _now()
                if left <= 0:
                    break
                self.wait(left)
        return result

    def notify(self, n=1):
        """Wake the n threads that wait longest, if there are so many."""
        if not self._is_owned():
            raise RuntimeError('cannot notify on un-acquired lock')
        while n > 0 and self._waiters:
            bed = self._waiters[0]
            try:
                bed.release()
                n -= 1
            except RuntimeError:
                pass  # its thread was woken before, but was interrupted; it does not count
            self._leave(bed)

    def notify_all(self):
        """Wake all threads that wait."""
        self.notify(len(self._waiters))

    notifyAll = _old_name('notifyAll', 'use notify_all()', lambda self: self.notify_all())


# ---- a number or a flag to wait for ----

class Semaphore:
    """A number of permits: acquire() takes one, or waits for one; release() gives back."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError('semaphore initial value must be >= 0')
        self._value = value
        self._cond = Condition(Lock())

    def __repr__(self):
        return f'{_place(self)}value={self._value}>'

    def acquire(self, blocking=True, timeout=None):
        """Take a permit; False when there is none in time."""
        if timeout is not None and not blocking:
            raise ValueError("can't specify timeout for non-blocking acquire")
        with self._cond:
            if not self._value and not (blocking and self._cond.wait_for(lambda: self._value, timeout)):
                return False
            self._value -= 1
            return True

    def release(self, n=1):
        """Give n permits back and wake as many waiting threads."""
        if n < 1:
            raise ValueError('n must be one or more')
        with self._cond:
            self._check_release(n)
            self._value += n
            self._cond.notify(n)

    def _check_release(self, n):
        pass

    __enter__ = acquire

    def __exit__(self, *exc_info):
        self.release()


class BoundedSemaphore(Semaphore):
    """A Semaphore that minds being released more often than acquired."""

    def __init__(self, value=1):
        Semaphore.__init__(self, value)
        self._bound = value

    def __repr__(self):
        return f'{_place(self)}value={self._value}/{self._bound}>'

    def _check_release(self, n):
        if n > self._bound - self._value:
            raise ValueError('Semaphore released too many times')


class Event:
    """A flag that threads can wait for."""

    def __init__(self):
        self._flag = False
        self._cond = Condition(Lock())

    def __repr__(self):
        return _place(self) + ('set>' if self._flag else 'unset>')

    def is_set(self):
        return self._flag

    isSet = _old_name('isSet', 'use is_set()', lambda self: self.is_set())

    def set(self):
        """Raise the flag and wake all who wait for it."""
        with self._cond:
            self._flag = True
            self._cond.notify_all()

    def clear(self):
        with self._cond:
            self._flag = False

    def wait(self, timeout=None):
        """Wait for the flag, at most timeout seconds; tells whether it is up."""
        with self._cond:
            return self._flag or self._cond.wait(timeout)

    def _at_fork_reinit(self):
        self._cond._at_fork_reinit()


# ---- Barrier: nobody goes on until all are there ----

class BrokenBarrierError(RuntimeError):
    """The others will not come: the barrier was reset or broken, or the time is up."""


class _Round:
    """One meeting at a barrier. Who waits looks at the round he came to, so that the next one can begin at once."""

    __slots__ = 'count', 'outcome'

    def __init__(self):
        self.count = 0       # how many have come
        self.outcome = None  # then 'open' or 'broken'


class Barrier:
    """parties threads meet: each wait() returns when all have called it. Can be used again and again."""

    def __init__(self, parties, action=None, timeout=None):
        self._parties, self._action, self._timeout = parties, action, timeout
        self._cond = Condition(Lock())
        self._round = _Round()

    def __repr__(self):
        return _place(self) + ('broken>' if self.broken else f'waiters={self.n_waiting}/{self.parties}>')

    def wait(self, timeout=None):
        """Wait for the others. Each thread gets another number from 0 to parties - 1."""
        with self._cond:
            now = self._round
            if now.outcome:
                raise BrokenBarrierError
            index = now.count
            now.count += 1
            if now.count == self._parties:
                self._open(now)
            elif not self._cond.wait_for(lambda: now.outcome, self._timeout if timeout is None else timeout):
                self._end(now, 'broken')
            if now.outcome == 'broken':
                raise BrokenBarrierError
            return index

    def _open(self, now):
        try:
            if self._action:
                self._action()
        except:
            self._end(now, 'broken')
            raise
        self._round = _Round()
        self._end(now, 'open')

    def _end(self, now, outcome):
        now.outcome = outcome
        self._cond.notify_all()

    def reset(self):
        """Back to empty. Threads that wait get BrokenBarrierError."""
        with self._cond:
            last, self._round = self._round, _Round()
            self._end(last, 'broken')

    def abort(self):
        """Break the barrier: all who wait, and all who come, get BrokenBarrierError."""
        with self._cond:
            self._end(self._round, 'broken')

    @property
    def parties(self):
        return self._parties

    @property
    def n_waiting(self):
        return 0 if self.broken else self._round.count

    @property
    def broken(self):
        return self._round.outcome is not None


# ---- threads ----

_active_limbo_lock = RLock()   # guards the two dicts below
_active = {}                   # ident: Thread
_limbo = {}                    # Thread: itself, while it is being started
_dangling = _WeakSet()         # every Thread object that is still there

_shutdown_locks_lock = Lock()  # guards the set below
_shutdown_locks = set()        # end locks of threads that the end of the program waits for

_numbers = _count(1)
_HAVE_THREAD_NATIVE_ID = True


def _drop_ended():
    """Forget the end locks of threads that have ended. Call it with _shutdown_locks_lock held."""
    _shutdown_locks.difference_update([lock for lock in _shutdown_locks if not lock.locked()])


class Thread:
    """A thread of control. Give it a target, or override run()."""

    _initialized = False  # subclasses forget to call __init__()

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        assert group is None, 'group argument must be None for now'
        if not name:
            name = f'Thread-{next(_numbers)}'
            if hasattr(target, '__name__'):
                name += f' ({target.__name__})'
        self._target, self._args, self._kwargs = target, args, {} if kwargs is None else kwargs
        self._name = str(name)
        if daemon and not _thread.daemon_threads_allowed():
            raise RuntimeError('daemon threads are disabled in this (sub)interpreter')
        self._daemonic = current_thread().daemon if daemon is None else daemon
        self._ident = self._native_id = None
        self._started = Event()
        self._is_stopped = False
        self._tstate_lock = None    # held by the thread until its end
        self._stderr = _sys.stderr  # where to report, should sys.stderr be gone by then
        self._initialized = True
        _dangling.add(self)

    def _must(self, condition, message, error=RuntimeError):
        if not condition:
            raise error(message)

    def __repr__(self):
        assert self._initialized, 'Thread.__init__() was not called'
        self.is_alive()  # notices an end
        words = ['stopped' if self._is_stopped else 'started' if self._started.is_set() else 'initial']
        if self._daemonic:
            words.append('daemon')
        if self._ident is not None:
            words.append(str(self._ident))
        return f"<{type(self).__name__}({self._name}, {' '.join(words)})>"

    # -- its life, as others see it --

    def start(self):
        """Start the thread: run() is called in it. Returns when the thread has begun to run."""
        self._must(self._initialized, 'thread.__init__() not called')
        self._must(not self._started.is_set(), 'threads can only be started once')
        if _sys._workers != 'threads' and not _workers.is_library(_sys._getframe(1)):
            _workers.prepare(self)
        with _active_limbo_lock:
            _limbo[self] = self
        try:
            _start_new_thread(self._bootstrap_inner, ())
        except Exception:
            with _active_limbo_lock:
                _limbo.pop(self)
            raise
        self._started.wait()

    def join(self, timeout=None):
        """Wait until the thread has ended, at most timeout seconds. is_alive() tells whether it has."""
        self._must(self._initialized, 'Thread.__init__() not called')
        self._must(self._started.is_set(), 'cannot join thread before it is started')
        self._must(self is not current_thread(), 'cannot join current thread')
        self._see_end(True, -1 if timeout is None else max(timeout, 0))

    def is_alive(self):
        """Has it started, and not ended?"""
        self._must(self._initialized, 'Thread.__init__() not called', AssertionError)
        if self._started.is_set() and not self._is_stopped:
            self._see_end(False)
            return not self._is_stopped
        return False

    def _see_end(self, blocking, timeout=-1):
        """Note it if the thread has ended, that is, if its end lock can be had."""
        lock = self._tstate_lock
        if lock is not None and lock.acquire(blocking, timeout):
            lock.release()
            self._stop()

    def _stop(self):
        self._is_stopped, self._tstate_lock = True, None
        if not self._daemonic:
            with _shutdown_locks_lock:
                _drop_ended()

    # -- its life, from inside --

    def run(self):
        """What the thread does: call the target with its arguments."""
        try:
            self._target is None or self._target(*self._args, **self._kwargs)
        finally:
            # They may hold this thread; don't keep each other alive.
            del self._target, self._args, self._kwargs

    def _bootstrap_inner(self):
        try:
            self._arrive()
            try:
                self.run()
            except:
                _report_exception(self)
        finally:
            with _active_limbo_lock:
                del _active[get_ident()]

    def _arrive(self):
        """Make the thread known: to itself, to the end of the program, to pictures, and to the one who starts it."""
        self._note_ident()
        self._take_end_lock()
        _thread._set_name(self._name)
        _thread._set_daemon(self._daemonic)
        with _active_limbo_lock:
            _active[self._ident] = _limbo.pop(self)
        self._started.set()

    def _note_ident(self):
        self._ident, self._native_id = get_ident(), get_native_id()

    def _take_end_lock(self):
        lock = self._tstate_lock = _thread._set_sentinel()
        if not self._daemonic:
            with _shutdown_locks_lock:
                _drop_ended()
                _shutdown_locks.add(lock)

    def _after_fork(self, is_current):
        """In the child of a fork: only the current thread is still there."""
        self._started._at_fork_reinit()
        lock = self._tstate_lock
        if not is_current:
            self._is_stopped, self._tstate_lock = True, None
        elif lock is not None:
            lock._at_fork_reinit()
            lock.acquire()

    # -- what it is called, and whether it is waited for --

    @property
    def name(self):
        self._must(self._initialized, 'Thread.__init__() not called', AssertionError)
        return self._name

    @name.setter
    def name(self, name):
        self._must(self._initialized, 'Thread.__init__() not called', AssertionError)
        self._name = str(name)
        if self._ident == get_ident():
            _thread._set_name(self._name)

    @property
    def ident(self):
        """A number that names it while it lives; None before it starts."""
        self._must(self._initialized, 'Thread.__init__() not called', AssertionError)
        return self._ident

    @property
    def native_id(self):
        """The number that the system gave it."""
        self._must(self._initialized, 'Thread.__init__() not called', AssertionError)
        return self._native_id

    @property
    def daemon(self):
        """The end of the program does not wait for a daemon thread."""
        self._must(self._initialized, 'Thread.__init__() not called', AssertionError)
        return self._daemonic

    @daemon.setter
    def daemon(self, value):
        self._must(self._initialized, 'Thread.__init__() not called')
        self._must(not self._started.is_set(), 'cannot set daemon status of active thread')
        self._daemonic = value

    getName = _old_name('getName', 'get the name attribute', lambda self: self.name)
    setName = _old_name('setName', 'set the name attribute', lambda self, name: setattr(self, 'name', name))
    isDaemon = _old_name('isDaemon', 'get the daemon attribute', lambda self: self.daemon)
    setDaemon = _old_name('setDaemon', 'set the daemon attribute', lambda self, value: setattr(self, 'daemon', value))


# ---- uncaught exceptions ----

def excepthook(args, /):
    """What happens to an exception that leaves run(): it is printed; the other threads go on."""
    if args.exc_type is SystemExit:
        return  # sys.exit() ends its thread only, silently
    file = _sys.stderr
    if file is None:
        file = getattr(args.thread, '_stderr', None)
        if file is None:
            return
    who = get_ident() if args.thread is None else args.thread.name
    print(f'Exception in thread {who}:', file=file, flush=True)
    from traceback import print_exception
    print_exception(*args[:3], file=file)
    file.flush()


_original_excepthook = __excepthook__ = excepthook


def _report_exception(thread):
    """Hand the exception at hand to excepthook; if that fails, the failure goes to sys.excepthook."""
    args = None
    try:
        args = ExceptHookArgs([*_sys.exc_info(), thread])
        (excepthook or _original_excepthook)(args)
    except Exception as failure:
        failure.__suppress_context__ = True
        if _sys.stderr is not None:
            print('Exception in threading.excepthook:', file=_sys.stderr, flush=True)
        (_sys.excepthook or _sys.__excepthook__)(*_sys.exc_info())
    finally:
        del args  # holds this frame, by its traceback


# ---- special threads ----

class Timer(Thread):
    """Call a function after interval seconds, unless cancel() comes first."""

    def __init__(self, interval, function, args=None, kwargs=None):
        Thread.__init__(self)
        self.interval, self.function = interval, function
        self.args = [] if args is None else args
        self.kwargs = {} if kwargs is None else kwargs
        self.finished = Event()

    def cancel(self):
        """Don't call it, if it has not begun."""
        self.finished.set()

    def run(self):
        cancelled = self.finished.wait(self.interval)
        if not cancelled:
            self.function(*self.args, **self.kwargs)
        self.finished.set()


class _RunningThread(Thread):
    """Stands for a thread that runs already, the one that makes this object."""

    def __init__(self, name, daemon):
        super().__init__(name=name, daemon=daemon)
        self._note_ident()
        self._started.set()
        with _active_limbo_lock:
            _active[self._ident] = self


class _MainThread(_RunningThread):
    """The thread that the program began with."""

    def __init__(self):
        super().__init__('MainThread', False)
        self._take_end_lock()


class _DummyThread(_RunningThread):
    """A thread that was started by other means. It is a daemon, and cannot be joined: nobody tells when it ends."""

    def __init__(self):
        super().__init__(f'Dummy-{next(_numbers)}', True)

    def is_alive(self):
        return True

    def join(self, timeout=None):
        raise AssertionError('cannot join a dummy thread')

    def _stop(self):
        pass


# ---- asking ----

def current_thread():
    """The Thread that runs this."""
    known = _active.get(get_ident())
    return _DummyThread() if known is None else known


def enumerate():
    """All threads that are alive."""
    with _active_limbo_lock:
        return [*_active.values(), *_limbo]


def active_count():
    """How many threads are alive."""
    return len(enumerate())


def main_thread():
    """The thread that the program began with."""
    return _main_thread


currentThread = _old_name('currentThread', 'use current_thread()', current_thread)
activeCount = _old_name('activeCount', 'use active_count()', active_count)


# ---- the end of the program, and forks ----

_at_end = []              # called before the threads are joined, last one first
_is_ending = False


def _register_atexit(func, *args, **kwargs):
    """Have func called before the end of the program waits for threads, so that pools can tell their workers to end."""
    if _is_ending:
        raise RuntimeError("can't register atexit after shutdown")
    _at_end.append((func, args, kwargs))


def _shutdown():
    """The main thread has nothing more to do: wait for all threads that are no daemons."""
    global _is_ending
    if _main_thread._is_stopped:
        return
    _is_ending = True
    for func, args, kwargs in reversed(_at_end):
        func(*args, **kwargs)
    if get_ident() == _main_thread.ident:
        if _main_thread._tstate_lock is not None:
            _main_thread._tstate_lock.release()
        _main_thread._stop()
    # Those that are waited for may start others.
    while locks := _take_shutdown_locks():
        for lock in locks:
            lock.acquire()
            lock.release()


def _take_shutdown_locks():
    with _shutdown_locks_lock:
        locks = [*_shutdown_locks]
        _shutdown_locks.clear()
    return locks


def _after_fork():
    """In the child of a fork: the thread that forked is the main thread, and alone."""
    global _active_limbo_lock, _shutdown_locks_lock, _main_thread
    _active_limbo_lock, _shutdown_locks_lock = RLock(), Lock()
    here = _active.get(get_ident())
    if here is None:
        here = _MainThread()
    everybody = {*_active.values(), *_limbo, *_dangling, here}
    _active.clear()
    _limbo.clear()
    _shutdown_locks.clear()
    for thread in everybody:
        thread._after_fork(thread is here)
    here._ident = get_ident()
    _active[here._ident] = _main_thread = here
    if here._tstate_lock is not None:
        _shutdown_locks.add(here._tstate_lock)


def _become(thread):
    """This thread of the system is from now on that Thread, which was started elsewhere (_workers.py)."""
    thread._is_stopped = False
    thread._note_ident()
    thread._started.set()
    _thread._set_name(thread._name)
    _active[thread._ident] = thread


_main_thread = _MainThread()
_posix.register_at_fork(after_in_child=_after_fork)

if _sys._workers != 'threads':
    import _workers
    _workers.choose(globals(), 'Lock', 'RLock', 'Semaphore', 'BoundedSemaphore', 'Condition', 'Event', 'Barrier')
