"""multiprocessing - as threading, but with processes: separate memory, real parallelism, and a price for all that crosses.

    context.py          what is made how: fork, spawn or forkserver; each function of this module is a method of the default context
    process.py          Process: what the parent and the child know of it
    popen_fork.py ...   the three ways to start one;  spawn.py, forkserver.py: their other end
    connection.py       pipes and sockets that carry objects;  reduction.py: what is pickled in another way between processes
    synchronize.py      locks and their kin on semaphores of the system
    queues.py, pool.py, managers.py, sharedctypes.py, shared_memory.py      made of the above
    util.py             things to do at the end, or after a fork;  resource_tracker.py: what outlives a process that was killed
"""

import sys

from . import context

# All that the default context can do is a function of this module.
__all__ = [name for name in dir(context._default_context) if not name.startswith('_')]
globals().update((name, getattr(context._default_context, name)) for name in __all__)

SUBDEBUG, SUBWARNING = 5, 25  # levels of logging

# A module that is run as __main__ is known under its own name too.
if '__main__' in sys.modules:
    sys.modules['__mp_main__'] = sys.modules['__main__']
