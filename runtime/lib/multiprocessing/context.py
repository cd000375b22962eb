"""multiprocessing.context - the ways to start a process, each with all that is made to fit it.

A context is a start method with the factories of everything else: a Lock of a context can be shared with its processes.
Keeps true: the default context's method is chosen once, at the latest when a process starts.
Next: process.py, popen_fork.py.  CPython: Lib/multiprocessing/context.py.
"""
import os
import sys
import threading

from . import process, reduction

__all__ = ()


class ProcessError(Exception):
    """What goes wrong with processes."""


class BufferTooShort(ProcessError):
    """The message is longer than the buffer; args[0] has it whole."""


class TimeoutError(ProcessError):
    """It took too long."""


class AuthenticationError(ProcessError):
    """The other side does not know the key."""


def _factory(module, name, *, with_context=True):
    """A method that makes a `name` of multiprocessing.`module`, which is imported when it is needed."""
    def make(self, *args, **kwargs):
        maker = getattr(__import__(f'multiprocessing.{module}', fromlist=[name]), name)
        if with_context:
            kwargs['ctx'] = self.get_context()
        return maker(*args, **kwargs)

    make.__name__, make.__qualname__ = name, f'BaseContext.{name}'
    return make


class BaseContext:
    ProcessError, BufferTooShort = ProcessError, BufferTooShort
    TimeoutError, AuthenticationError = TimeoutError, AuthenticationError

    current_process = staticmethod(process.current_process)
    parent_process = staticmethod(process.parent_process)
    active_children = staticmethod(process.active_children)

    def cpu_count(self):
        """How many processors the machine has."""
        n = os.cpu_count()
        if n is None:
            raise NotImplementedError('cannot determine number of cpus')
        return n

    def Manager(self):
        """A process that keeps objects which others use through proxies."""
        from .managers import SyncManager
        manager = SyncManager(ctx=self.get_context())
        manager.start()
        return manager

    def Pipe(self, duplex=True):
        """The two ends of a pipe that carries objects."""
        from .connection import Pipe
        return Pipe(duplex)

    Lock, RLock, Condition, Semaphore, BoundedSemaphore, Event, Barrier = (
        _factory('synchronize', name) for name in 'Lock RLock Condition Semaphore BoundedSemaphore Event Barrier'.split())
    Queue, JoinableQueue, SimpleQueue = (_factory('queues', name) for name in 'Queue JoinableQueue SimpleQueue'.split())

    def Pool(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None):
        """Processes that wait for calls to make."""
        from .pool import Pool
        return Pool(processes, initializer, initargs, maxtasksperchild, context=self.get_context())

    RawValue, RawArray = (_factory('sharedctypes', name, with_context=False) for name in ('RawValue', 'RawArray'))

    def Value(self, typecode_or_type, *args, lock=True):
        """A C object in memory that processes share, with a lock."""
        from .sharedctypes import Value
        return Value(typecode_or_type, *args, lock=lock, ctx=self.get_context())

    def Array(self, typecode_or_type, size_or_initializer, *, lock=True):
        """An array of C objects in memory that processes share, with a lock."""
        from .sharedctypes import Array
        return Array(typecode_or_type, size_or_initializer, lock=lock, ctx=self.get_context())

    def freeze_support(self):
        """For programs that were frozen into one file, on Windows: nothing to do here."""

    def get_logger(self):
        """The logger of multiprocessing."""
        from .util import get_logger
        return get_logger()

    def log_to_stderr(self, level=None):
        """Let the logger of multiprocessing write to stderr."""
        from .util import log_to_stderr
        return log_to_stderr(level)

    def allow_connection_pickling(self):
        """Let connections and sockets be sent to other processes."""
        from . import connection

    def set_executable(self, executable):
        """The program that spawned processes run."""
        from .spawn import set_executable
        set_executable(executable)

    def set_forkserver_preload(self, module_names):
        """Names of modules that the fork server imports before it forks."""
        from .forkserver import set_forkserver_preload
        set_forkserver_preload(module_names)

    def get_context(self, method=None):
        if method is None:
            return self
        try:
            context = _concrete_contexts[method]
        except KeyError:
            raise ValueError(f'cannot find context for {method!r}') from None
        context._check_available()
        return context

    def get_start_method(self, allow_none=False):
        return self._name

    def set_start_method(self, method, force=False):
        raise ValueError('cannot set start method of concrete context')

    @property
    def reducer(self):
        """What pickles objects that go to other processes."""
        return globals().get('reduction')

    @reducer.setter
    def reducer(self, reduction):
        globals()['reduction'] = reduction

    def _check_available(self):
        pass


class Process(process.BaseProcess):
    _start_method = None

    @staticmethod
    def _Popen(process_obj):
        return _default_context.get_context().Process._Popen(process_obj)

    @staticmethod
    def _after_fork():
        return _default_context.get_context().Process._after_fork()


class DefaultContext(BaseContext):
    Process = Process

    def __init__(self, context):
        self._default_context, self._actual_context = context, None

    def get_context(self, method=None):
        if method is not None:
            return super().get_context(method)
        if self._actual_context is None:
            self._actual_context = self._default_context
        return self._actual_context

    def set_start_method(self, method, force=False):
        if self._actual_context is not None and not force:
            raise RuntimeError('context has already been set')
        self._actual_context = None if method is None and force else self.get_context(method)

    def get_start_method(self, allow_none=False):
        if self._actual_context is None and allow_none:
            return None
        return self.get_context()._name

    def get_all_start_methods(self):
        return ['fork', 'spawn', 'forkserver'] if reduction.HAVE_SEND_HANDLE else ['fork', 'spawn']


class ForkProcess(process.BaseProcess):
    _start_method = 'fork'

    @staticmethod
    def _Popen(process_obj):
        from .popen_fork import Popen
        return Popen(process_obj)


class SpawnProcess(process.BaseProcess):
    _start_method = 'spawn'

    @staticmethod
    def _Popen(process_obj):
        from .popen_spawn_posix import Popen
        return Popen(process_obj)

    @staticmethod
    def _after_fork():
        pass  # nothing was taken over


class ForkServerProcess(process.BaseProcess):
    _start_method = 'forkserver'

    @staticmethod
    def _Popen(process_obj):
        from .popen_forkserver import Popen
        return Popen(process_obj)


class ForkContext(BaseContext):
    _name, Process = 'fork', ForkProcess


class SpawnContext(BaseContext):
    _name, Process = 'spawn', SpawnProcess


class ForkServerContext(BaseContext):
    _name, Process = 'forkserver', ForkServerProcess

    def _check_available(self):
        if not reduction.HAVE_SEND_HANDLE:
            raise ValueError('forkserver start method not available')


_concrete_contexts = {context._name: context for context in (ForkContext(), SpawnContext(), ForkServerContext())}
_default_context = DefaultContext(_concrete_contexts['fork'])


def _force_start_method(method):
    _default_context._actual_context = _concrete_contexts[method]


# ---- while a process is being pickled for another one, this thread's Popen is known, so that locks and descriptors can ask how they go along ----

_spawning = threading.local()


def get_spawning_popen():
    return getattr(_spawning, 'popen', None)


def set_spawning_popen(popen):
    _spawning.popen = popen


def assert_spawning(obj):
    if get_spawning_popen() is None:
        raise RuntimeError(f'{type(obj).__name__} objects should only be shared between processes through inheritance')
