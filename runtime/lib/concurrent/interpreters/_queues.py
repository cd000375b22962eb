"""Queues between interpreters: each item is copied on its way in and again on its way out.

Next: interp/vm/family_queue.c (where the bytes wait), _crossing.py.  PEP 734.
"""
import queue
import weakref

import _crossing
import _crossing_inside as _inside
import _interpreters
from _interpreters import InterpreterError


class QueueError(Exception):
    """Something about a queue between interpreters."""


class QueueNotFoundError(QueueError):
    """There is none with that number."""


class QueueEmpty(QueueError, queue.Empty):
    """Nothing came in time."""


class QueueFull(QueueError, queue.Full):
    """There was no room in time."""


class ItemInterpreterDestroyed(InterpreterError, QueueError):
    """The interpreter that put the item in has ended."""


class _Unbound:
    """What becomes of an item whose interpreter has ended."""

    def __init__(self, name, number):
        self._name, self._number = name, number

    def __repr__(self):
        return f'<concurrent.interpreters.{self._name}>'

    def __reduce__(self):
        return self._name


UNBOUND = _Unbound('UNBOUND', 3)                # get() gives UNBOUND in its place
UNBOUND_ERROR = _Unbound('UNBOUND_ERROR', 2)    # get() raises ItemInterpreterDestroyed
UNBOUND_REMOVE = _Unbound('UNBOUND_REMOVE', 1)  # it is taken out
KEPT = _Unbound('KEPT', 0)                      # it stays: it is a copy (_workers.py)
_BY_NUMBER = {choice._number: choice for choice in (UNBOUND, UNBOUND_ERROR, UNBOUND_REMOVE, KEPT)}


def _number_of(choice):
    if choice not in _BY_NUMBER.values():
        raise NotImplementedError(f'unsupported unbound replacement op {choice!r}')
    return choice._number


def create_queue(maxsize=0, *, unbounditems=UNBOUND):
    """A new queue, for all interpreters of this process. maxsize 0: without a limit."""
    return Queue(_interpreters.queue_create(maxsize, _number_of(unbounditems)))


_known = weakref.WeakValueDictionary()   # id: the one Queue that stands for it here


class Queue:
    """A queue that several interpreters use: pass it to them, as an argument or through another queue."""

    def __new__(cls, id, /):
        if not isinstance(id, int):
            raise TypeError(f'id must be an int, got {id!r}')
        self = _known.get(id)
        if self is None:
            self = super().__new__(cls)
            self._id = None
            _checked(_interpreters.queue_hold, id)
            self._id = id
            self = _known.setdefault(id, self)
        return self

    def __repr__(self):
        return f'{type(self).__name__}({self.id})'

    def __hash__(self):
        return hash(self._id)

    def __del__(self, _drop=_interpreters.queue_drop):
        if self._id is not None:
            try:
                _drop(self._id)
            except LookupError:
                pass

    def __reduce__(self):
        _checked(_interpreters.queue_keep, self._id)
        return type(self), (self._id,)

    @property
    def id(self):
        return self._id

    @property
    def maxsize(self):
        return _checked(_interpreters.queue_state, self._id)[1]

    @property
    def unbounditems(self):
        return _BY_NUMBER[_checked(_interpreters.queue_state, self._id)[2]]

    def qsize(self):
        return _checked(_interpreters.queue_state, self._id)[0]

    def empty(self):
        return self.qsize() == 0

    def full(self):
        size, limit, _ = _checked(_interpreters.queue_state, self._id)
        return 0 < limit <= size

    def put(self, obj, block=True, timeout=None, *, unbounditems=None):
        """Copy an item in. QueueFull: there was no room in time."""
        if not block:
            return self.put_nowait(obj, unbounditems=unbounditems)
        self._put(obj, _checked_timeout(timeout), unbounditems)

    def put_nowait(self, obj, *, unbounditems=None):
        self._put(obj, 0, unbounditems)

    def _put(self, obj, timeout, unbounditems):
        number = _checked(_interpreters.queue_state, self._id)[2] if unbounditems is None else _number_of(unbounditems)
        if not _checked(_interpreters.queue_put, self._id, _crossing.dumps(obj), number, timeout):
            raise QueueFull

    def get(self, block=True, timeout=None):
        """Copy the next item out. QueueEmpty: none came in time."""
        if not block:
            return self.get_nowait()
        return self._get(_checked_timeout(timeout))

    def get_nowait(self):
        return self._get(0)

    def _get(self, timeout):
        found = _checked(_interpreters.queue_get, self._id, timeout)
        if found is None:
            raise QueueEmpty
        data, number, is_orphan = found
        if is_orphan and _BY_NUMBER[number] is not KEPT:
            if _BY_NUMBER[number] is UNBOUND_ERROR:
                raise ItemInterpreterDestroyed("the item's original interpreter was destroyed")
            return UNBOUND
        return _crossing.loads(data, _inside.script)


def _checked_timeout(timeout):
    if timeout is not None and timeout < 0:
        raise ValueError(f'timeout value must be non-negative, not {timeout!r}' if isinstance(timeout, int) else 'timeout value must be non-negative')
    return timeout


def _checked(native, *args):
    try:
        return native(*args)
    except LookupError as error:
        raise QueueNotFoundError(str(error)) from None
