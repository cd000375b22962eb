"""multiprocessing.pool - processes (or threads) that wait for calls to make.

    caller        apply, map, imap -> _taskqueue            a task is (job, number, function, args, kwargs)
    _task_handler      a thread: _taskqueue -> _inqueue     pickles
    worker             a process: _inqueue -> _outqueue     (job, number, (succeeded, value))
    _result_handler    a thread: _outqueue -> the job in _cache, an ApplyResult, MapResult or IMapIterator
    _worker_handler    a thread: replaces workers that have ended

A worker notes in shared memory which call it makes (_Slot). So when it is killed, or ends by itself, that call fails with ProcessError and nothing
waits for it for ever (in CPython it does: docs/internals/departures.md).

Keeps true: results stand in the order of the calls. A pool goes RUN -> CLOSE (no more calls; ends when all are done) or -> TERMINATE (ends at once).
Next: queues.py, concurrent/futures/process.py.  CPython: Lib/multiprocessing/pool.py.
"""
import collections
import itertools
import os
import queue
import threading
import time
import warnings
from functools import partial
from struct import Struct

from . import ProcessError, TimeoutError, get_context, util
from .connection import wait
from .queues import SimpleQueue
from .reduction import ForkingPickler

__all__ = ['Pool', 'ThreadPool']

INIT, RUN, CLOSE, TERMINATE = 'INIT', 'RUN', 'CLOSE', 'TERMINATE'

job_counter = itertools.count()


def mapstar(args):
    """A chunk of map()."""
    return list(map(*args))


def starmapstar(args):
    return list(itertools.starmap(args[0], args[1]))


# ---- exceptions of workers ----

class RemoteTraceback(Exception):
    """The traceback of a worker, as text."""

    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


class ExceptionWithTraceback:
    """An exception on its way: its traceback goes along as text, and becomes its cause."""

    def __init__(self, exc, tb):
        from traceback import format_exception
        text = ''.join(format_exception(type(exc), exc, tb))
        self.exc, self.tb = exc, f'\n"""\n{text}"""'

    def __reduce__(self):
        return rebuild_exc, (self.exc, self.tb)


def rebuild_exc(exc, tb):
    exc.__cause__ = RemoteTraceback(tb)
    return exc


class MaybeEncodingError(Exception):
    """The result of a call could not be pickled."""

    def __init__(self, exc, value):
        self.exc, self.value = repr(exc), repr(value)
        super().__init__(self.exc, self.value)

    def __str__(self):
        return f"Error sending result: '{self.value}'. Reason: '{self.exc}'"

    def __repr__(self):
        return f'<{type(self).__name__}: {self}>'


# ---- between workers and the pool ----

class _Slot:
    """What a worker does, in shared memory: one of the four below, and of its call the job and the number."""

    IDLE, READS, CALLS, WRITES = range(4)  # READS, WRITES: it has the lock of the task queue, of the result queue

    def __init__(self):
        from .heap import BufferWrapper
        self.__setstate__(BufferWrapper(24))
        self.state = _Slot.IDLE

    def __getstate__(self):
        return self._wrapper

    def __setstate__(self, wrapper):
        self._wrapper = wrapper
        self._numbers = wrapper.create_memoryview().cast('q')

    @property
    def state(self):
        return self._numbers[0]

    @state.setter
    def state(self, state):
        self._numbers[0] = state

    def begin(self, job, i):
        numbers = self._numbers
        numbers[1], numbers[2] = job, i
        numbers[0] = _Slot.CALLS

    def get(self):
        return tuple(self._numbers)


class _TaskQueue(SimpleQueue):
    """Tasks on their way. A worker that is killed while it waits for one has the lock; the pool lets it go then."""

    def take(self, slot):
        """In a worker: the next task."""
        with self._rlock:
            slot.state = _Slot.READS
            data = self._reader.recv_bytes()
            slot.state = _Slot.IDLE
        return ForkingPickler.loads(data)


_job_and_number = Struct('!qq')


class _ResultQueue(SimpleQueue):
    """Results on their way: job and number, then the pickled result. One that cannot be unpickled fails its call, and no other."""

    def put(self, task, slot=None):
        if task is None:
            data = b''
        else:
            job, i, result = task
            data = b''.join((_job_and_number.pack(job, i), ForkingPickler.dumps(result)))
        if slot is None:
            with self._wlock:
                self._writer.send_bytes(data)
            return
        with self._wlock:
            slot.state = _Slot.WRITES
            self._writer.send_bytes(data)
            slot.state = _Slot.IDLE

    def get(self):
        # Without the lock: only the result handler reads.
        data = self._reader.recv_bytes()
        if not data:
            return None
        job, i = _job_and_number.unpack_from(data)
        try:
            result = ForkingPickler.loads(memoryview(data)[_job_and_number.size:])
        except Exception as e:
            result = False, e
        return job, i, result


# ---- a worker ----

def worker(inqueue, outqueue, initializer=None, initargs=(), maxtasks=None, wrap_exception=False, slot=None):
    """Make calls until there are no more."""
    if maxtasks is not None and not (isinstance(maxtasks, int) and maxtasks >= 1):
        raise AssertionError(f'Maxtasks {maxtasks!r} is not valid')
    get, put = inqueue.get, outqueue.put
    if slot is not None:
        get, put = partial(inqueue.take, slot), partial(outqueue.put, slot=slot)
    if hasattr(inqueue, '_writer'):
        # The ends that others use; open here, they would hide that all others have gone.
        inqueue._writer.close()
        outqueue._reader.close()
    if initializer is not None:
        initializer(*initargs)
    completed = 0
    while maxtasks is None or completed < maxtasks:
        try:
            task = get()
        except (EOFError, OSError):
            util.debug('worker got EOFError or OSError -- exiting')
            break
        if task is None:
            util.debug('worker got sentinel -- exiting')
            break
        job, i, func, args, kwds = task
        if slot is not None:
            slot.begin(job, i)
        try:
            result = True, func(*args, **kwds)
        except Exception as e:
            if wrap_exception and func is not _helper_reraises_exception:
                e = ExceptionWithTraceback(e, e.__traceback__)
            result = False, e
        try:
            put((job, i, result))
        except Exception as e:
            wrapped = MaybeEncodingError(e, result[1])
            util.debug('Possible encoding error while sending result: %s', wrapped)
            put((job, i, (False, wrapped)))
        task = job = result = func = args = kwds = None
        completed += 1
    util.debug('worker exiting after %d tasks', completed)


def _helper_reraises_exception(ex):
    """A task that stands for one whose making raised."""
    raise ex


# ---- a pool ----

class _PoolCache(dict):
    """Job number: job. Tells the worker handler when it becomes empty."""

    def __init__(self, /, *args, notifier=None, **kwds):
        self.notifier = notifier
        super().__init__(*args, **kwds)

    def __delitem__(self, item):
        super().__delitem__(item)
        if not self:
            self.notifier.put(None)


class _Workers:
    """The workers of a pool, and how they are made. It knows no pool: the thread that holds it must not keep the pool alive."""

    def __init__(self, make, count, inqueue, outqueue, initializer, initargs, maxtasks, wrap_exception):
        self.list, self._make, self._count = [], make, count
        self._inqueue, self._outqueue = inqueue, outqueue
        self._arguments = inqueue, outqueue, initializer, initargs, maxtasks, wrap_exception
        self._has_slots = hasattr(inqueue, '_writer')  # processes, not threads

    def start(self):
        """Start workers until there are as many as there should be."""
        for _ in range(self._count - len(self.list)):
            slot = _Slot() if self._has_slots else None
            w = self._make(target=worker, args=(*self._arguments, slot))
            w._slot = slot
            w.name = w.name.replace('Process', 'PoolWorker')
            w.daemon = True
            w.start()
            self.list.append(w)
            util.debug('added worker')

    def replace_ended(self):
        if self._remove_ended():
            self.start()

    def _remove_ended(self):
        """True: there were some."""
        ended = [w for w in self.list if w.exitcode is not None]
        for w in ended:
            util.debug('cleaning up worker %s', w.name)
            w.join()
            self._bury(w)
            self.list.remove(w)
        return bool(ended)

    def _bury(self, w):
        """A worker has ended: see to what it left undone."""
        if w._slot is None:
            return
        state, job, i = w._slot.get()
        if state == _Slot.READS:
            self._inqueue._rlock.release()
        elif state != _Slot.IDLE:
            if state == _Slot.WRITES:
                self._outqueue._wlock.release()
            # Did it send the result before it ended? None: only if there is none yet.
            succeeded = False if state == _Slot.CALLS else None
            self._outqueue.put((job, i, (succeeded, ProcessError(f'{w.name} ended in the middle of a call (exit code {w.exitcode})'))))

    def sentinels(self):
        return [w.sentinel for w in self.list if hasattr(w, 'sentinel')]


class Pool:
    _wrap_exception = True

    @staticmethod
    def Process(ctx, *args, **kwds):
        return ctx.Process(*args, **kwds)

    def __init__(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None, context=None):
        self._state = INIT
        self._ctx = context or get_context()
        self._setup_queues()
        self._taskqueue = queue.SimpleQueue()
        self._change_notifier = self._ctx.SimpleQueue()  # wakes the worker handler
        self._cache = _PoolCache(notifier=self._change_notifier)
        if processes is None:
            processes = os.cpu_count() or 1
        if processes < 1:
            raise ValueError('Number of processes must be at least 1')
        if maxtasksperchild is not None and (not isinstance(maxtasksperchild, int) or maxtasksperchild <= 0):
            raise ValueError('maxtasksperchild must be a positive int or None')
        if initializer is not None and not callable(initializer):
            raise TypeError('initializer must be a callable')
        self._processes = processes
        workers = self._workers = _Workers(partial(self.Process, self._ctx), processes, self._inqueue, self._outqueue, initializer, initargs,
                                           maxtasksperchild, self._wrap_exception)
        self._pool = workers.list
        try:
            workers.start()
        except Exception:
            for p in self._pool:
                if p.exitcode is None:
                    p.terminate()
            for p in self._pool:
                p.join()
            raise
        self._worker_handler = self._start_thread(Pool._handle_workers, self._cache, self._taskqueue, workers, self._get_sentinels(), self._change_notifier)
        self._task_handler = self._start_thread(Pool._handle_tasks, self._taskqueue, self._quick_put, self._outqueue, self._pool, self._cache)
        self._result_handler = self._start_thread(Pool._handle_results, self._outqueue, self._quick_get, self._cache)
        self._terminate = util.Finalize(
            self, self._terminate_pool, exitpriority=15,
            args=(self._taskqueue, self._inqueue, self._outqueue, self._pool, self._change_notifier, self._worker_handler, self._task_handler, self._result_handler, self._cache))
        self._state = RUN

    @staticmethod
    def _start_thread(target, *args):
        thread = threading.Thread(target=target, args=args)
        thread.daemon, thread._state = True, RUN
        thread.start()
        return thread

    def __del__(self, _warn=warnings.warn, RUN=RUN):
        if self._state == RUN:
            _warn(f'unclosed running multiprocessing pool {self!r}', ResourceWarning, source=self)
            if getattr(self, '_change_notifier', None) is not None:
                self._change_notifier.put(None)

    def __repr__(self):
        cls = type(self)
        return f'<{cls.__module__}.{cls.__qualname__} state={self._state} pool_size={len(self._pool)}>'

    def _setup_queues(self):
        self._inqueue, self._outqueue = _TaskQueue(ctx=self._ctx), _ResultQueue(ctx=self._ctx)
        self._quick_put, self._quick_get = self._inqueue._writer.send, self._outqueue.get  # one thread each: no lock is needed

    def _get_sentinels(self):
        """What the worker handler waits for besides the end of workers."""
        return [self._change_notifier._reader]

    def _check_running(self):
        if self._state != RUN:
            raise ValueError('Pool not running')

    # -- calls --

    def apply(self, func, args=(), kwds={}):
        """func(*args, **kwds) in a worker; wait for the result."""
        return self.apply_async(func, args, kwds).get()

    def map(self, func, iterable, chunksize=None):
        """func of each item, as a list in the same order; wait for it."""
        return self._map_async(func, iterable, mapstar, chunksize).get()

    def starmap(self, func, iterable, chunksize=None):
        """As map(), of items that are tuples of arguments."""
        return self._map_async(func, iterable, starmapstar, chunksize).get()

    def starmap_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        return self._map_async(func, iterable, starmapstar, chunksize, callback, error_callback)

    def map_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        """As map(), without waiting."""
        return self._map_async(func, iterable, mapstar, chunksize, callback, error_callback)

    def apply_async(self, func, args=(), kwds={}, callback=None, error_callback=None):
        """As apply(), without waiting. callback(result) or error_callback(exception) is called in a thread of the pool."""
        self._check_running()
        result = ApplyResult(self, callback, error_callback)
        self._taskqueue.put(([(result._job, 0, func, args, kwds)], None))
        return result

    def imap(self, func, iterable, chunksize=1):
        """func of each item, one after the other, as an iterator."""
        return self._imap(IMapIterator, func, iterable, chunksize)

    def imap_unordered(self, func, iterable, chunksize=1):
        """As imap(), in the order in which the results come."""
        return self._imap(IMapUnorderedIterator, func, iterable, chunksize)

    def _imap(self, kind, func, iterable, chunksize):
        self._check_running()
        if chunksize == 1:
            result = kind(self)
            self._taskqueue.put((self._guarded_task_generation(result._job, func, iterable), result._set_length))
            return result
        if chunksize < 1:
            raise ValueError(f'Chunksize must be 1+, not {chunksize:n}')
        result = kind(self)
        self._taskqueue.put((self._guarded_task_generation(result._job, mapstar, Pool._get_tasks(func, iterable, chunksize)), result._set_length))
        return (item for chunk in result for item in chunk)

    def _map_async(self, func, iterable, mapper, chunksize=None, callback=None, error_callback=None):
        self._check_running()
        if not hasattr(iterable, '__len__'):
            iterable = list(iterable)
        if chunksize is None:
            chunksize, rest = divmod(len(iterable), len(self._pool) * 4)
            if rest:
                chunksize += 1
        if len(iterable) == 0:
            chunksize = 0
        chunks = Pool._get_tasks(func, iterable, chunksize)
        result = MapResult(self, chunksize, len(iterable), callback, error_callback=error_callback)
        self._taskqueue.put((self._guarded_task_generation(result._job, mapper, chunks), None))
        return result

    @staticmethod
    def _get_tasks(func, it, size):
        it = iter(it)
        while chunk := tuple(itertools.islice(it, size)):
            yield func, chunk

    def _guarded_task_generation(self, result_job, func, iterable):
        """The tasks of an iterable; one that raises when the iterable did."""
        i = -1
        try:
            for i, x in enumerate(iterable):
                yield result_job, i, func, (x,), {}
        except Exception as e:
            yield result_job, i + 1, _helper_reraises_exception, (e,), {}

    def _repopulate_pool(self):
        self._workers.start()

    # -- the three threads --

    @classmethod
    def _handle_workers(cls, cache, taskqueue, workers, sentinels, change_notifier):
        thread = threading.current_thread()
        # As long as it runs, or there are calls to be made, unless it is terminated.
        while thread._state == RUN or (cache and thread._state != TERMINATE):
            workers.replace_ended()
            cls._wait_for_updates(workers.sentinels() + sentinels, change_notifier)
        taskqueue.put(None)
        util.debug('worker handler exiting')

    @staticmethod
    def _wait_for_updates(sentinels, change_notifier, timeout=None):
        wait(sentinels, timeout=timeout)
        while not change_notifier.empty():
            change_notifier.get()

    @staticmethod
    def _handle_tasks(taskqueue, put, outqueue, pool, cache):
        thread = threading.current_thread()
        for tasks, set_length in iter(taskqueue.get, None):
            task = None
            try:
                for task in tasks:
                    if thread._state != RUN:
                        util.debug('task handler found thread._state != RUN')
                        break
                    try:
                        put(task)
                    except Exception as e:
                        job, i = task[:2]
                        try:
                            cache[job]._set(i, (False, e))
                        except KeyError:
                            pass
                else:
                    if set_length:
                        util.debug('doing set_length()')
                        set_length((task[1] if task else -1) + 1)
                    continue
                break
            finally:
                task = tasks = job = None
        else:
            util.debug('task handler got sentinel')
        try:
            util.debug('task handler sending sentinel to result handler')
            outqueue.put(None)
            util.debug('task handler sending sentinels to workers')
            for _ in pool:
                put(None)
        except OSError:
            util.debug('task handler got OSError when sending sentinels')
        util.debug('task handler exiting')

    @staticmethod
    def _handle_results(outqueue, get, cache):
        thread = threading.current_thread()
        while True:
            try:
                task = get()
            except (OSError, EOFError):
                util.debug('result handler got EOFError/OSError -- exiting')
                return
            if thread._state != RUN:
                assert thread._state == TERMINATE, 'Thread not in TERMINATE'
                util.debug('result handler found thread._state=TERMINATE')
                break
            if task is None:
                util.debug('result handler got sentinel')
                break
            Pool._deliver(cache, task)
            task = None
        while cache and thread._state != TERMINATE:
            try:
                task = get()
            except (OSError, EOFError):
                util.debug('result handler got EOFError/OSError -- exiting')
                return
            if task is None:
                util.debug('result handler ignoring extra sentinel')
                continue
            Pool._deliver(cache, task)
            task = None
        if hasattr(outqueue, '_reader'):
            # A worker may wait to write into a full pipe, with the lock that the others need to end.
            try:
                for _ in range(10):
                    if not outqueue._reader.poll():
                        break
                    get()
            except (OSError, EOFError):
                pass
        util.debug('result handler exiting: len(cache)=%s, thread._state=%s', len(cache), thread._state)

    @staticmethod
    def _deliver(cache, task):
        job, i, obj = task
        try:
            if obj[0] is not None:
                cache[job]._set(i, obj)
            elif not cache[job]._has(i):
                cache[job]._set(i, (False, obj[1]))
        except KeyError:
            pass

    # -- the end --

    def close(self):
        """No more calls. The workers end when all are made."""
        util.debug('closing pool')
        if self._state == RUN:
            self._state = self._worker_handler._state = CLOSE
            self._change_notifier.put(None)

    def terminate(self):
        """End the workers at once."""
        util.debug('terminating pool')
        self._state = TERMINATE
        self._terminate()

    def join(self):
        """Wait for the workers to end. After close() or terminate()."""
        util.debug('joining pool')
        if self._state == RUN:
            raise ValueError('Pool is still running')
        if self._state not in (CLOSE, TERMINATE):
            raise ValueError('In unknown state')
        for thread in (self._worker_handler, self._task_handler, self._result_handler):
            thread.join()
        for p in self._pool:
            p.join()

    @staticmethod
    def _help_stuff_finish(inqueue, task_handler, size):
        # The task handler may wait to write into a full pipe: read from it, with the lock, which keeps workers from it for ever.
        util.debug('removing tasks from inqueue until task handler finished')
        inqueue._rlock.acquire()
        while task_handler.is_alive() and inqueue._reader.poll():
            inqueue._reader.recv_bytes()
            time.sleep(0)

    @classmethod
    def _terminate_pool(cls, taskqueue, inqueue, outqueue, pool, change_notifier, worker_handler, task_handler, result_handler, cache):
        util.debug('finalizing pool')
        worker_handler._state = task_handler._state = TERMINATE
        change_notifier.put(None)
        util.debug('helping task handler/workers to finish')
        cls._help_stuff_finish(inqueue, task_handler, len(pool))
        if not result_handler.is_alive() and len(cache) != 0:
            raise AssertionError('Cannot have cache with result_hander not alive')
        result_handler._state = TERMINATE
        outqueue.put(None)
        util.debug('joining worker handler')
        if threading.current_thread() is not worker_handler:
            worker_handler.join()
        has_processes = pool and hasattr(pool[0], 'terminate')
        if has_processes:
            util.debug('terminating workers')
            for p in pool:
                if p.exitcode is None:
                    p.terminate()
        for name, thread in (('task handler', task_handler), ('result handler', result_handler)):
            util.debug('joining %s', name)
            if threading.current_thread() is not thread:
                thread.join()
        if has_processes:
            util.debug('joining pool workers')
            for p in pool:
                if p.is_alive():
                    util.debug('cleaning up worker %d', p.pid)
                    p.join()

    def __enter__(self):
        self._check_running()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.terminate()

    def __reduce__(self):
        raise NotImplementedError('pool objects cannot be passed between processes or pickled')


# ---- results ----

class ApplyResult:
    """The result of a call that may not be there yet."""

    def __init__(self, pool, callback, error_callback):
        self._pool, self._event, self._job = pool, threading.Event(), next(job_counter)
        self._cache, self._callback, self._error_callback = pool._cache, callback, error_callback
        self._cache[self._job] = self

    def ready(self):
        """Is it there?"""
        return self._event.is_set()

    def successful(self):
        """Did the call return? ValueError if it is not ready."""
        if not self.ready():
            raise ValueError(f'{self!r} not ready')
        return self._success

    def wait(self, timeout=None):
        """Wait until it is there, at most timeout seconds."""
        self._event.wait(timeout)

    def get(self, timeout=None):
        """Wait for it; give what the call returned or raise what it raised."""
        self.wait(timeout)
        if not self.ready():
            raise TimeoutError
        if self._success:
            return self._value
        raise self._value

    def _set(self, i, obj):
        self._success, self._value = obj
        self._finish()

    def _has(self, i):
        """Is result number i there already?"""
        return self.ready()

    def _finish(self):
        callback = self._callback if self._success else self._error_callback
        if callback:
            callback(self._value)
        self._event.set()
        del self._cache[self._job]
        self._pool = None

    __class_getitem__ = classmethod(type(list[int]))


AsyncResult = ApplyResult


class MapResult(ApplyResult):
    """The results of map(), which come in chunks."""

    def __init__(self, pool, chunksize, length, callback, error_callback):
        super().__init__(pool, callback, error_callback=error_callback)
        self._success, self._value, self._chunksize = True, [None] * length, chunksize
        if chunksize <= 0:
            self._number_left = 0
            self._event.set()
            del self._cache[self._job]
        else:
            self._number_left = length // chunksize + bool(length % chunksize)
            self._arrived = bytearray(self._number_left)

    def _has(self, i):
        return self._arrived[i]

    def _set(self, i, success_result):
        self._number_left -= 1
        self._arrived[i] = True
        success, result = success_result
        if success and self._success:
            self._value[i * self._chunksize:(i + 1) * self._chunksize] = result
        elif not success and self._success:
            self._success, self._value = False, result  # the first exception; the others are dropped
        if self._number_left == 0:
            self._finish()


class IMapIterator:
    """The results of imap(), in order: what comes too early waits in _unsorted."""

    def __init__(self, pool):
        self._pool, self._cond, self._job, self._cache = pool, threading.Condition(threading.Lock()), next(job_counter), pool._cache
        self._items, self._index, self._length, self._unsorted = collections.deque(), 0, None, {}
        self._cache[self._job] = self

    def __iter__(self):
        return self

    def next(self, timeout=None):
        """The next result; TimeoutError if it does not come within timeout seconds."""
        with self._cond:
            if not self._items and self._index != self._length:
                self._cond.wait(timeout)
                if not self._items and self._index != self._length:
                    raise TimeoutError from None
            if not self._items:
                self._pool = None
                raise StopIteration from None
            success, value = self._items.popleft()
        if success:
            return value
        raise value

    __next__ = next

    def _set(self, i, obj):
        with self._cond:
            self._accept(i, obj)
            if self._index == self._length:
                self._forget()

    def _accept(self, i, obj):
        if self._index != i:
            self._unsorted[i] = obj
            return
        while True:
            self._items.append(obj)
            self._index += 1
            if self._index not in self._unsorted:
                break
            obj = self._unsorted.pop(self._index)
        self._cond.notify()

    def _has(self, i):
        return i < self._index or i in self._unsorted

    def _set_length(self, length):
        with self._cond:
            self._length = length
            if self._index == self._length:
                self._cond.notify()
                self._forget()

    def _forget(self):
        del self._cache[self._job]
        self._pool = None


class IMapUnorderedIterator(IMapIterator):
    """The results in the order in which they come."""

    def _has(self, i):
        return True  # who knows: none is kept

    def _accept(self, i, obj):
        self._items.append(obj)
        self._index += 1
        self._cond.notify()


# ---- the same with threads ----

class ThreadPool(Pool):
    """A pool whose workers are threads of this process."""

    _wrap_exception = False

    @staticmethod
    def Process(ctx, *args, **kwds):
        from .dummy import Process
        return Process(*args, **kwds)

    def __init__(self, processes=None, initializer=None, initargs=()):
        Pool.__init__(self, processes, initializer, initargs)

    def _setup_queues(self):
        self._inqueue, self._outqueue = queue.SimpleQueue(), queue.SimpleQueue()
        self._quick_put, self._quick_get = self._inqueue.put, self._outqueue.get

    @staticmethod
    def _help_stuff_finish(inqueue, task_handler, size):
        # Empty the queue, and give each worker its sentinel.
        try:
            while True:
                inqueue.get(block=False)
        except queue.Empty:
            pass
        for _ in range(size):
            inqueue.put(None)
