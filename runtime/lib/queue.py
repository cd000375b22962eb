"""Queues between threads: put() at one end, get() at the other, waiting where need be.

One lock guards the queue; three Conditions on it are three waiting rooms: for something to get, for room to put,
and for all work to be done.
"""
import sys
import threading
from _collections import deque
from _heapq import heappop, heappush
from time import monotonic

__all__ = ['Empty', 'Full', 'ShutDown', 'Queue', 'PriorityQueue', 'LifoQueue', 'SimpleQueue']


class Empty(Exception):
    """Nothing to get."""

    __module__ = '_queue'


class Full(Exception):
    """No room to put."""


class ShutDown(Exception):
    """The queue was shut down (as in Python 3.13)."""


def _check_timeout(timeout):
    if timeout is not None and timeout < 0:
        raise ValueError("'timeout' must be a non-negative number")


class Queue:
    """First in, first out. With maxsize <= 0 there is always room."""

    __class_getitem__ = classmethod(type(list[int]))

    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self.unfinished_tasks, self.is_shutdown = 0, False
        self.mutex = mutex = threading.Lock()
        self.not_empty, self.not_full, self.all_tasks_done = (threading.Condition(mutex) for _ in range(3))
        self._init(maxsize)

    # how much there is; it may change before one looks

    def qsize(self):
        """How many items there are."""
        with self.mutex:
            return self._qsize()

    def empty(self):
        """Is there nothing to get?"""
        return self.qsize() == 0

    def full(self):
        """Is there no room to put?"""
        return 0 < self.maxsize <= self.qsize()

    # putting and getting

    def put(self, item, block=True, timeout=None):
        """Put an item, waiting for room: not at all, at most timeout seconds, or as long as it takes. Else Full is raised."""
        with self.not_full:
            if self.is_shutdown:
                raise ShutDown
            if self.maxsize > 0:
                if block:
                    _check_timeout(timeout)
                if self._qsize() >= self.maxsize:
                    self._wait(self.not_full, self._is_full, block, timeout, Full)
                    if self.is_shutdown:
                        raise ShutDown
            self._put(item)
            self.unfinished_tasks += 1
            self.not_empty.notify()

    def get(self, block=True, timeout=None):
        """Take the next item, waiting for one as put() waits for room. Else Empty is raised."""
        with self.not_empty:
            if not self._qsize():
                self._wait(self.not_empty, self._is_empty, block, timeout, Empty)
                if not self._qsize():
                    raise ShutDown
            elif block:
                _check_timeout(timeout)
            item = self._get()
            self.not_full.notify()
            return item

    def _is_full(self):
        return self._qsize() >= self.maxsize

    def _is_empty(self):
        return not self._qsize()

    def _wait(self, room, has_to_wait, block, timeout, failure):
        """Wait in this room until it is one's turn, or the queue is shut down. Under the lock."""
        if self.is_shutdown:
            return
        if not block:
            raise failure
        _check_timeout(timeout)
        end = None if timeout is None else monotonic() + timeout
        while has_to_wait() and not self.is_shutdown:
            left = None if end is None else end - monotonic()
            if left is not None and left <= 0.0:
                raise failure
            room.wait(left)

    def put_nowait(self, item):
        """put() without waiting."""
        return self.put(item, False)

    def get_nowait(self):
        """get() without waiting."""
        return self.get(False)

    # the work that the items stand for

    def task_done(self):
        """One thing that was got has been dealt with: see join()."""
        with self.all_tasks_done:
            if self.unfinished_tasks <= 0:
                raise ValueError('task_done() called too many times')
            self.unfinished_tasks -= 1
            if not self.unfinished_tasks:
                self.all_tasks_done.notify_all()

    def join(self):
        """Wait until everything that was put has been dealt with."""
        with self.all_tasks_done:
            while self.unfinished_tasks:
                self.all_tasks_done.wait()

    def shutdown(self, immediate=False):
        """No more put(); get() until it is empty, or with immediate not even that. Who waits is woken with ShutDown."""
        with self.mutex:
            self.is_shutdown = True
            if immediate:
                while self._qsize():
                    self._get()
                    self.unfinished_tasks = max(0, self.unfinished_tasks - 1)
                self.all_tasks_done.notify_all()
            for room in self.not_empty, self.not_full:
                room.notify_all()

    # Another order is another set of these four.

    def _put(self, item):
        self.queue.append(item)

    def _get(self):
        return self.queue.popleft()

    def _init(self, maxsize):
        self.queue = deque()

    def _qsize(self):
        return len(self.queue)


class LifoQueue(Queue):
    """Last in, first out."""

    def _get(self):
        return self.queue.pop()


class PriorityQueue(Queue):
    """The least item comes first."""

    def _init(self, maxsize):
        self.queue = []  # a heap

    def _put(self, item):
        heappush(self.queue, item)

    def _get(self):
        return heappop(self.queue)


class SimpleQueue:
    """First in, first out, without a limit and without tasks: a deque, and a semaphore that counts what is in it."""

    __module__ = '_queue'
    __class_getitem__ = classmethod(type(list[int]))

    def __init__(self):
        self._items, self._count = deque(), threading.Semaphore(0)

    def put(self, item, block=True, timeout=None):
        """Put an item; there is always room, so block and timeout say nothing."""
        self._items.append(item)
        self._count.release()

    def get(self, block=True, timeout=None):
        """Take the next item, as Queue.get() does."""
        _check_timeout(timeout)
        if self._count.acquire(block, timeout if block else None):
            return self._items.popleft()
        raise Empty

    put_nowait = put

    def get_nowait(self):
        """get() without waiting."""
        return self.get(False)

    def qsize(self):
        """How many items there are."""
        return len(self._items)

    def empty(self):
        """Is there nothing to get?"""
        return not self._items


_PySimpleQueue = SimpleQueue

if sys._workers != 'threads':
    import _workers
    _workers.choose(globals(), 'Queue', 'SimpleQueue')
