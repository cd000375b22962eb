"""Call functions at given times, one after the other, in one thread.

An event is a tuple in a heap. The clock and the sleep are given by the user, so that a test can bring its own.
"""
import threading
import time
from collections import namedtuple
from heapq import heapify, heappop, heappush
from itertools import count

__all__ = ['scheduler']

_FIELDS = {'time': "When the action is due, by the scheduler's clock.",
           'priority': 'Of events due at the same time, the least comes first.',
           'sequence': 'Tells events of the same time and priority apart, in the order they were entered.',
           'action': 'The function.', 'argument': 'Its positional arguments.', 'kwargs': 'Its keyword arguments.'}
Event = namedtuple('Event', _FIELDS)
for _name, _doc in _FIELDS.items():
    getattr(Event, _name).__doc__ = _doc


class scheduler:
    """Keeps events, and runs them when they are due."""

    def __init__(self, timefunc=time.monotonic, delayfunc=time.sleep):
        self.timefunc, self.delayfunc = timefunc, delayfunc
        self._queue, self._lock, self._numbers = [], threading.RLock(), count()

    def enterabs(self, time, priority, action, argument=(), kwargs=None):
        """Call action at that time. The event that comes back is what cancel() takes."""
        event = Event(time, priority, next(self._numbers), action, argument, {} if kwargs is None else kwargs)
        with self._lock:
            heappush(self._queue, event)
        return event

    def enter(self, delay, priority, action, argument=(), kwargs=None):
        """enterabs(), delay from now."""
        return self.enterabs(delay + self.timefunc(), priority, action, argument, kwargs)

    def cancel(self, event):
        """Take an event off; ValueError when it is not there any more."""
        with self._lock:
            self._queue.remove(event)
            heapify(self._queue)

    def empty(self):
        """Is there no event?"""
        return not self._queue

    @property
    def queue(self):
        """The events to come, in order."""
        with self._lock:
            return sorted(self._queue)

    def run(self, blocking=True):
        """Run what is due, and wait for the rest. Without blocking, give the time until the next one instead."""
        while True:
            event, wait = self._take_due()
            if event is not None:
                event.action(*event.argument, **event.kwargs)
                self.delayfunc(0)  # let other threads run
            elif wait is None or not blocking:
                return wait
            else:
                self.delayfunc(wait)

    def _take_due(self):
        """(the event that is due or None, the time until the next is or None if there is none)"""
        with self._lock:
            if not self._queue:
                return None, None
            wait = self._queue[0].time - self.timefunc()
            return (None, wait) if wait > 0 else (heappop(self._queue), 0)
