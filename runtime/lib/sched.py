"""Call functions at given times, one after the other, in one thread.

An event is a tuple in a heap. The clock and the sleep are given by the user, so that a test can bring its own.
"""

import heapq
import threading
import time
from collections import namedtuple
from itertools import count
from time import monotonic as _time

__all__ = ['scheduler']

Event = namedtuple('Event', 'time, priority, sequence, action, argument, kwargs')
Event.time.__doc__ = 'When the action is due, by the scheduler\'s clock.'
Event.priority.__doc__ = 'Of events due at the same time, the least comes first.'
Event.sequence.__doc__ = 'Tells events of the same time and priority apart, in the order they were entered.'
Event.action.__doc__ = 'The function.'
Event.argument.__doc__ = 'Its positional arguments.'
Event.kwargs.__doc__ = 'Its keyword arguments.'

_sentinel = object()


class scheduler:

    def __init__(self, timefunc=_time, delayfunc=time.sleep):
        self._queue = []
        self._lock = threading.RLock()
        self.timefunc = timefunc
        self.delayfunc = delayfunc
        self._sequence_generator = count()

    def enterabs(self, time, priority, action, argument=(), kwargs=_sentinel):
        """Call action at that time. The event that comes back is what cancel() takes."""
        if kwargs is _sentinel:
            kwargs = {}
        with self._lock:
            event = Event(time, priority, next(self._sequence_generator), action, argument, kwargs)
            heapq.heappush(self._queue, event)
        return event

    def enter(self, delay, priority, action, argument=(), kwargs=_sentinel):
        """enterabs(), delay from now."""
        return self.enterabs(self.timefunc() + delay, priority, action, argument, kwargs)

    def cancel(self, event):
        """Take an event off; ValueError when it is not there any more."""
        with self._lock:
            self._queue.remove(event)
            heapq.heapify(self._queue)

    def empty(self):
        with self._lock:
            return not self._queue

    def run(self, blocking=True):
        """Run what is due, and wait for the rest. Without blocking, give the time until the next one instead."""
        while True:
            with self._lock:
                if not self._queue:
                    return
                event = self._queue[0]
                now = self.timefunc()
                is_due = event.time <= now
                if is_due:
                    heapq.heappop(self._queue)
            if is_due:
                event.action(*event.argument, **event.kwargs)
                self.delayfunc(0)       # let other threads run
            elif blocking:
                self.delayfunc(event.time - now)
            else:
                return event.time - now

    @property
    def queue(self):
        """The events to come, in order."""
        with self._lock:
            events = self._queue[:]
        return [heapq.heappop(events) for _ in range(len(events))]
