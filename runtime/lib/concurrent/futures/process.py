"""A pool of processes.

    submit      -> pending (number: work) and _work_ids, a queue of numbers
    manager     a thread: keeps the call queue filled, so that workers never wait, and no fuller, so that a call can be cancelled for long;
                waits for results, for submit() to wake it, and for workers to die
    worker      a process: call queue -> result queue

A worker that dies before its time breaks the pool: nobody knows which call it had, so all that are pending get BrokenProcessPool.
Next: thread.py; multiprocessing/queues.py.  CPython: Lib/concurrent/futures/process.py.
"""
import itertools
import os
import queue
import sys
import threading
import weakref
from functools import partial

import multiprocessing as mp
import multiprocessing.connection
from concurrent.futures import _base
from multiprocessing.queues import Queue

EXTRA_QUEUED_CALLS = 1   # calls in the queue beyond one for each worker
_MAX_WINDOWS_WORKERS = 61

_threads_wakeups = weakref.WeakKeyDictionary()  # manager thread: how to wake it
_global_shutdown = False


def _python_exit():
    global _global_shutdown
    _global_shutdown = True
    items = list(_threads_wakeups.items())
    for _, wakeup in items:
        wakeup.wakeup()  # it sees _global_shutdown
    for thread, _ in items:
        thread.join()


threading._register_atexit(_python_exit)


class _ThreadWakeup:
    """A pipe that wakes a thread which waits for descriptors."""

    def __init__(self):
        self._closed, self._lock = False, threading.Lock()
        self._reader, self._writer = mp.Pipe(duplex=False)

    def close(self):
        with self._lock:
            if not self._closed:
                self._closed = True
                self._writer.close()
                self._reader.close()

    def wakeup(self):
        with self._lock:
            if not self._closed:
                self._writer.send_bytes(b'')

    def clear(self):
        if self._closed:
            raise RuntimeError('operation on closed _ThreadWakeup')
        while self._reader.poll():
            self._reader.recv_bytes()


# ---- exceptions of workers ----

class _RemoteTraceback(Exception):
    """The traceback of a worker, as text."""

    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


class _ExceptionWithTraceback:
    """An exception on its way: its traceback goes along as text, and becomes its cause."""

    def __init__(self, exc, tb):
        from traceback import format_exception
        text = ''.join(format_exception(type(exc), exc, tb))
        self.exc, self.tb = exc, f'\n"""\n{text}"""'
        self.exc.__traceback__ = None

    def __reduce__(self):
        return _rebuild_exc, (self.exc, self.tb)


def _rebuild_exc(exc, tb):
    exc.__cause__ = _RemoteTraceback(tb)
    return exc


# ---- what goes through the queues ----

class _WorkItem:
    def __init__(self, future, fn, args, kwargs):
        self.future, self.fn, self.args, self.kwargs = future, fn, args, kwargs


class _CallItem:
    def __init__(self, work_id, fn, args, kwargs):
        self.work_id, self.fn, self.args, self.kwargs = work_id, fn, args, kwargs


class _ResultItem:
    def __init__(self, work_id, exception=None, result=None, exit_pid=None):
        self.work_id, self.exception, self.result, self.exit_pid = work_id, exception, result, exit_pid


class _SafeQueue(Queue):
    """The call queue: a call that cannot be pickled fails, and no other."""

    def __init__(self, max_size=0, *, ctx, pending_work_items, shutdown_lock, thread_wakeup):
        self.pending_work_items, self.shutdown_lock, self.thread_wakeup = pending_work_items, shutdown_lock, thread_wakeup
        super().__init__(max_size, ctx=ctx)

    def _on_queue_feeder_error(self, e, obj):
        if not isinstance(obj, _CallItem):
            super()._on_queue_feeder_error(e, obj)
            return
        from traceback import format_exception
        text = ''.join(format_exception(type(e), e, e.__traceback__))
        e.__cause__ = _RemoteTraceback(f'\n"""\n{text}"""')
        work_item = self.pending_work_items.pop(obj.work_id, None)
        with self.shutdown_lock:
            self.thread_wakeup.wakeup()
        if work_item is not None:  # else the pool is broken already
            work_item.future.set_exception(e)


# ---- a worker ----

def _get_chunks(*iterables, chunksize):
    """The arguments of map(), in chunks."""
    it = zip(*iterables)
    while chunk := tuple(itertools.islice(it, chunksize)):
        yield chunk


def _process_chunk(fn, chunk):
    return [fn(*args) for args in chunk]


def _sendback_result(result_queue, work_id, result=None, exception=None, exit_pid=None):
    try:
        result_queue.put(_ResultItem(work_id, result=result, exception=exception, exit_pid=exit_pid))
    except BaseException as e:
        result_queue.put(_ResultItem(work_id, exception=_ExceptionWithTraceback(e, e.__traceback__), exit_pid=exit_pid))


def _process_worker(call_queue, result_queue, initializer, initargs, max_tasks=None):
    """Make calls until there are no more."""
    if initializer is not None:
        try:
            initializer(*initargs)
        except BaseException:
            _base.LOGGER.critical('Exception in initializer:', exc_info=True)
            return  # the manager sees that we died
    done, exit_pid = 0, None
    while True:
        call = call_queue.get(block=True)
        if call is None:
            result_queue.put(os.getpid())  # we end
            return
        if max_tasks is not None:
            done += 1
            if done >= max_tasks:
                exit_pid = os.getpid()
        try:
            result = call.fn(*call.args, **call.kwargs)
        except BaseException as e:
            _sendback_result(result_queue, call.work_id, exception=_ExceptionWithTraceback(e, e.__traceback__), exit_pid=exit_pid)
        else:
            _sendback_result(result_queue, call.work_id, result=result, exit_pid=exit_pid)
            del result
        del call  # it is kept by none while the worker waits
        if exit_pid is not None:
            return


# ---- the manager ----

class _ExecutorManagerThread(threading.Thread):
    """Between the executor and its workers. It holds the executor weakly: when nobody else uses that, all ends."""

    def __init__(self, executor):
        self.thread_wakeup, self.shutdown_lock = executor._executor_manager_thread_wakeup, executor._shutdown_lock

        def weakref_cb(_, thread_wakeup=self.thread_wakeup, shutdown_lock=self.shutdown_lock):
            mp.util.debug('Executor collected: triggering callback for QueueManager wakeup')
            with shutdown_lock:
                thread_wakeup.wakeup()

        self.executor_reference = weakref.ref(executor, weakref_cb)
        self.processes, self.call_queue, self.result_queue = executor._processes, executor._call_queue, executor._result_queue
        self.work_ids_queue, self.max_tasks_per_child, self.pending_work_items = executor._work_ids, executor._max_tasks_per_child, executor._pending_work_items
        super().__init__()

    def run(self):
        while True:
            self.add_call_item_to_queue()
            result_item, is_broken, cause = self.wait_result_broken_or_wakeup()
            if is_broken:
                self.terminate_broken(cause)
                return
            if result_item is not None:
                self.process_result_item(result_item)
                process_exited = isinstance(result_item, _ResultItem) and result_item.exit_pid is not None
                if process_exited:
                    self.processes.pop(result_item.exit_pid).join()
                del result_item  # it is kept by none while we wait
                if executor := self.executor_reference():
                    if process_exited:
                        with self.shutdown_lock:
                            executor._adjust_process_count()
                    else:
                        executor._idle_worker_semaphore.release()
                    del executor
            if self.is_shutting_down():
                self.flag_executor_shutting_down()
                self.add_call_item_to_queue()
                if not self.pending_work_items:
                    self.join_executor_internals()
                    return

    def add_call_item_to_queue(self):
        """Fill the call queue from what is pending."""
        while not self.call_queue.full():
            try:
                work_id = self.work_ids_queue.get(block=False)
            except queue.Empty:
                return
            work_item = self.pending_work_items[work_id]
            if work_item.future.set_running_or_notify_cancel():
                self.call_queue.put(_CallItem(work_id, work_item.fn, work_item.args, work_item.kwargs), block=True)
            else:
                del self.pending_work_items[work_id]

    def wait_result_broken_or_wakeup(self):
        """(a result or None, is it broken, by what)."""
        results, wakeups = self.result_queue._reader, self.thread_wakeup._reader
        assert not self.thread_wakeup._closed
        sentinels = [p.sentinel for p in list(self.processes.values())]
        ready = mp.connection.wait([results, wakeups, *sentinels])
        result_item, is_broken, cause = None, True, None
        if results in ready:
            try:
                result_item, is_broken = results.recv(), False
            except BaseException as e:
                from traceback import format_exception
                cause = format_exception(type(e), e, e.__traceback__)
        elif wakeups in ready:
            is_broken = False
        with self.shutdown_lock:
            self.thread_wakeup.clear()
        return result_item, is_broken, cause

    def process_result_item(self, result_item):
        if isinstance(result_item, int):
            # A worker that was told to ends.
            assert self.is_shutting_down()
            self.processes.pop(result_item).join()
            if not self.processes:
                self.join_executor_internals()
            return
        work_item = self.pending_work_items.pop(result_item.work_id, None)
        if work_item is not None:
            if result_item.exception:
                work_item.future.set_exception(result_item.exception)
            else:
                work_item.future.set_result(result_item.result)

    def is_shutting_down(self):
        executor = self.executor_reference()
        return _global_shutdown or executor is None or executor._shutdown_thread

    def terminate_broken(self, cause):
        """A worker died: fail all that is pending, end all other workers."""
        executor = self.executor_reference()
        if executor is not None:
            executor._broken = 'A child process terminated abruptly, the process pool is not usable anymore'
            executor._shutdown_thread = True
            executor = None
        error = BrokenProcessPool('A process in the process pool was terminated abruptly while the future was running or pending.')
        if cause is not None:
            error.__cause__ = _RemoteTraceback(f"\n'''\n{''.join(cause)}'''")
        for work_item in self.pending_work_items.values():
            try:
                work_item.future.set_exception(error)
            except _base.InvalidStateError:
                pass  # cancelled meanwhile
            del work_item
        self.pending_work_items.clear()
        for p in self.processes.values():
            p.terminate()
        # The feeder of the call queue may wait to write into a pipe that nobody reads any more.
        self.call_queue._reader.close()
        self.join_executor_internals()

    def flag_executor_shutting_down(self):
        executor = self.executor_reference()
        if executor is not None:
            executor._shutdown_thread = True
            if executor._cancel_pending_futures:
                kept = {}
                for work_id, work_item in self.pending_work_items.items():
                    if not work_item.future.cancel():
                        kept[work_id] = work_item
                self.pending_work_items.clear()
                self.pending_work_items.update(kept)
                while True:
                    try:
                        self.work_ids_queue.get_nowait()
                    except queue.Empty:
                        break
                executor._cancel_pending_futures = False

    def shutdown_workers(self):
        """Tell as many as there are to end."""
        to_stop, sent = self.get_n_children_alive(), 0
        while sent < to_stop and self.get_n_children_alive() > 0:
            for _ in range(to_stop - sent):
                try:
                    self.call_queue.put_nowait(None)
                    sent += 1
                except queue.Full:
                    import time
                    time.sleep(0.001)
                    break

    def join_executor_internals(self):
        self.shutdown_workers()
        self.call_queue.close()
        self.call_queue.join_thread()
        with self.shutdown_lock:
            self.thread_wakeup.close()
        for p in self.processes.values():
            p.join()

    def get_n_children_alive(self):
        return sum(p.is_alive() for p in self.processes.values())


# ---- the executor ----

def _check_system_limits():
    """There are machines without semaphores, and with few. Not this one, on Linux."""


def _chain_from_iterable_of_lists(iterable):
    """The items of lists, without keeping those that were given."""
    for element in iterable:
        element.reverse()
        while element:
            yield element.pop()


class BrokenProcessPool(_base.BrokenExecutor):
    """A worker died before its time."""


class ProcessPoolExecutor(_base.Executor):
    """Runs calls in processes, at most max_workers (by default as many as there are cores)."""

    def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None):
        _check_system_limits()
        if max_workers is None:
            max_workers = os.cpu_count() or 1
        elif max_workers <= 0:
            raise ValueError('max_workers must be greater than 0')
        self._max_workers = max_workers
        if mp_context is None:
            mp_context = mp.get_context('spawn') if max_tasks_per_child is not None else mp.get_context()
        self._mp_context = mp_context
        # A process with threads must not fork: where workers are forked, all are started at once, before there are threads of ours.
        self._safe_to_dynamically_spawn_children = mp_context.get_start_method(allow_none=False) != 'fork'
        if initializer is not None and not callable(initializer):
            raise TypeError('initializer must be a callable')
        self._initializer, self._initargs = initializer, initargs
        if max_tasks_per_child is not None:
            if not isinstance(max_tasks_per_child, int):
                raise TypeError('max_tasks_per_child must be an integer')
            if max_tasks_per_child <= 0:
                raise ValueError('max_tasks_per_child must be >= 1')
            if mp_context.get_start_method(allow_none=False) == 'fork':
                raise ValueError("max_tasks_per_child is incompatible with the 'fork' multiprocessing start method; supply a different mp_context.")
        self._max_tasks_per_child = max_tasks_per_child
        self._executor_manager_thread, self._processes = None, {}  # _processes: number: Process
        self._shutdown_thread, self._broken, self._cancel_pending_futures = False, False, False
        self._shutdown_lock = threading.Lock()
        self._idle_worker_semaphore = threading.Semaphore(0)
        self._queue_count, self._pending_work_items = 0, {}
        self._executor_manager_thread_wakeup = _ThreadWakeup()
        self._call_queue = _SafeQueue(max_size=self._max_workers + EXTRA_QUEUED_CALLS, ctx=self._mp_context, pending_work_items=self._pending_work_items,
                                      shutdown_lock=self._shutdown_lock, thread_wakeup=self._executor_manager_thread_wakeup)
        self._call_queue._ignore_epipe = True  # workers that were killed read no more
        self._result_queue, self._work_ids = mp_context.SimpleQueue(), queue.Queue()

    def _start_executor_manager_thread(self):
        if self._executor_manager_thread is None:
            if not self._safe_to_dynamically_spawn_children:
                self._launch_processes()
            self._executor_manager_thread = _ExecutorManagerThread(self)
            self._executor_manager_thread.start()
            _threads_wakeups[self._executor_manager_thread] = self._executor_manager_thread_wakeup

    def _adjust_process_count(self):
        if self._idle_worker_semaphore.acquire(blocking=False):
            return  # one is idle
        if len(self._processes) < self._max_workers:
            self._spawn_process()

    def _launch_processes(self):
        assert not self._executor_manager_thread, 'Processes cannot be fork()ed after the thread has started, deadlock in the child processes could result.'
        for _ in range(len(self._processes), self._max_workers):
            self._spawn_process()

    def _spawn_process(self):
        p = self._mp_context.Process(target=_process_worker, args=(self._call_queue, self._result_queue, self._initializer, self._initargs, self._max_tasks_per_child))
        p._ends_with_parent = True
        p.start()
        self._processes[p.pid] = p

    def submit(self, fn, /, *args, **kwargs):
        with self._shutdown_lock:
            if self._broken:
                raise BrokenProcessPool(self._broken)
            if self._shutdown_thread:
                raise RuntimeError('cannot schedule new futures after shutdown')
            if _global_shutdown:
                raise RuntimeError('cannot schedule new futures after interpreter shutdown')
            future = _base.Future()
            self._pending_work_items[self._queue_count] = _WorkItem(future, fn, args, kwargs)
            self._work_ids.put(self._queue_count)
            self._queue_count += 1
            self._executor_manager_thread_wakeup.wakeup()
            if self._safe_to_dynamically_spawn_children:
                self._adjust_process_count()
            self._start_executor_manager_thread()
            return future

    submit.__doc__ = _base.Executor.submit.__doc__

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        """As map(), with the calls made by the workers, chunksize at a time. The results come in order; TimeoutError if one is not there in time."""
        if chunksize < 1:
            raise ValueError('chunksize must be >= 1.')
        results = super().map(partial(_process_chunk, fn), _get_chunks(*iterables, chunksize=chunksize), timeout=timeout)
        return _chain_from_iterable_of_lists(results)

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._shutdown_lock:
            self._cancel_pending_futures, self._shutdown_thread = cancel_futures, True
            if self._executor_manager_thread_wakeup is not None:
                self._executor_manager_thread_wakeup.wakeup()
        if self._executor_manager_thread is not None and wait:
            self._executor_manager_thread.join()
        # What uses descriptors and pipes goes now.
        self._executor_manager_thread = self._call_queue = None
        if self._result_queue is not None and wait:
            self._result_queue.close()
        self._result_queue = self._processes = self._executor_manager_thread_wakeup = None

    shutdown.__doc__ = _base.Executor.shutdown.__doc__
