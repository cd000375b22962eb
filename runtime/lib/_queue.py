"""_queue - the module that CPython's Empty and SimpleQueue say they come from: pickles name it.  Next: queue.py."""

from queue import Empty, SimpleQueue
