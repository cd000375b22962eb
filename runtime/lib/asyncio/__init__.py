"""asyncio: many things under way in one thread.

A coroutine runs until it must wait; then another one runs. Who comes next is decided by the event loop, a queue of callbacks.
Read in this order: loop.py (the queue), futures.py (a result to come), tasks.py (how a coroutine is driven), then whatever you like.
"""
from asyncio.exceptions import *
from asyncio.events import *
from asyncio.futures import Future, isfuture, wrap_future
from asyncio.tasks import *
from asyncio.waiting import *
from asyncio.timeouts import Timeout, timeout, timeout_at
from asyncio.taskgroups import TaskGroup
from asyncio.locks import Barrier, BoundedSemaphore, Condition, Event, Lock, Semaphore
from asyncio.queues import LifoQueue, PriorityQueue, Queue, QueueEmpty, QueueFull
from asyncio.transports import *
from asyncio.loop import BaseEventLoop, Server
from asyncio.unix_loop import DefaultEventLoopPolicy, SelectorEventLoop
from asyncio.streams import *
from asyncio.runners import Runner, run, to_thread

_DefaultEventLoopPolicy = DefaultEventLoopPolicy
