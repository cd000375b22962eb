"""multiprocessing.util - what is to be done at the end of a process, or of an object; what is to be done after a fork; the log.

Keeps true: _exit_function() runs once in each process, before the interpreter's own end: finalizers of high priority, then children are terminated
(daemons) or joined, then the other finalizers, highest priority first.
Next: process.py (_bootstrap), resource_tracker.py.  CPython: Lib/multiprocessing/util.py.
"""
import atexit
import itertools
import os
import sys
import threading
from _weakref import ref

from . import process

__all__ = ['sub_debug', 'debug', 'info', 'sub_warning', 'get_logger', 'log_to_stderr', 'get_temp_dir', 'register_after_fork', 'is_exiting',
           'Finalize', 'ForkAwareThreadLock', 'ForkAwareLocal', 'close_all_fds_except', 'SUBDEBUG', 'SUBWARNING']

# ---- the log: nothing is written, and logging is not imported, before somebody asks for it ----

NOTSET, SUBDEBUG, DEBUG, INFO, SUBWARNING, WARNING = 0, 5, 10, 20, 25, 30
LOGGER_NAME = 'multiprocessing'
DEFAULT_LOGGING_FORMAT = '[%(levelname)s/%(processName)s] %(message)s'

_logger = None
_log_to_stderr = False


def _at(level):
    def log(message, *args):
        if _logger:
            _logger.log(level, message, *args, stacklevel=2)

    return log


sub_debug, debug, info, sub_warning, warn = _at(SUBDEBUG), _at(DEBUG), _at(INFO), _at(SUBWARNING), _at(WARNING)


def get_logger():
    """The logger that multiprocessing uses."""
    global _logger
    if _logger is None:
        import logging
        _logger = logging.getLogger(LOGGER_NAME)
        _logger.propagate = 0
        # The end of the process is logged too, so logging ends after us.
        atexit.unregister(_exit_function)
        atexit.register(_exit_function)
    return _logger


def log_to_stderr(level=None):
    """Let the logger write to stderr."""
    global _log_to_stderr
    import logging
    logger, handler = get_logger(), logging.StreamHandler()
    handler.setFormatter(logging.Formatter(DEFAULT_LOGGING_FORMAT))
    logger.addHandler(handler)
    if level:
        logger.setLevel(level)
    _log_to_stderr = True
    return _logger


# ---- places ----

def abstract_sockets_supported():
    return sys.platform.startswith('linux')


abstract_sockets_supported = abstract_sockets_supported()


def is_abstract_socket_namespace(address):
    """Is it a Unix socket that has no file?"""
    if not address:
        return False
    if isinstance(address, bytes):
        return address[0] == 0
    if isinstance(address, str):
        return address[0] == '\0'
    raise TypeError(f'address type of {address!r} unrecognized')


def _remove_temp_dir(rmtree, folder, is_tracked):
    rmtree(folder)
    if is_tracked:
        from .resource_tracker import unregister
        unregister(folder, 'folder')
    if process.current_process() is not None:
        process.current_process()._config['tempdir'] = None


def get_temp_dir():
    """A folder for this process and its children; it is removed at the end."""
    folder = process.current_process()._config.get('tempdir')
    if folder is None:
        import shutil
        import tempfile
        folder = tempfile.mkdtemp(prefix='pymp-')
        info('created temp directory %s', folder)
        is_tracked = folder.isascii() and ':' not in folder and len(folder) < 400  # the tracker reads lines
        if is_tracked:
            from .resource_tracker import register
            register(folder, 'folder')  # a process that is killed removes nothing
        Finalize(None, _remove_temp_dir, args=(shutil.rmtree, folder, is_tracked), exitpriority=-100)
        process.current_process()._config['tempdir'] = folder
    return folder


# ---- after a fork ----

_afterfork_registry = {}  # (number, id, function): weak reference of the object
_afterfork_counter = itertools.count()


def register_after_fork(obj, func):
    """Call func(obj) in a child that multiprocessing forks, if obj still lives then."""
    key = next(_afterfork_counter), id(obj), func
    _afterfork_registry[key] = ref(obj, lambda _, forget=_afterfork_registry.pop, key=key: forget(key, None))


def _run_after_forkers():
    for (_, _, func), weak in sorted(_afterfork_registry.items(), key=lambda item: item[0][0]):
        if (obj := weak()) is not None:
            try:
                func(obj)
            except Exception as e:
                info('after forker raised exception %s', e)


# ---- finalizers ----

_finalizer_registry = {}  # (priority, number): Finalize
_finalizer_counter = itertools.count()


class Finalize:
    """Call callback(*args, **kwargs) once: when obj dies, when it is called, or, with an exitpriority, at the end of the process that made it."""

    def __init__(self, obj, callback, args=(), kwargs=None, exitpriority=None):
        if exitpriority is not None and not isinstance(exitpriority, int):
            raise TypeError(f'Exitpriority ({exitpriority!r}) must be None or int, not {type(exitpriority)!r}')
        if obj is None and exitpriority is None:
            raise ValueError('Without object, exitpriority cannot be None')
        self._weakref = ref(obj, self) if obj is not None else None
        self._callback, self._args, self._kwargs = callback, args, kwargs or {}
        self._key, self._pid = (exitpriority, next(_finalizer_counter)), os.getpid()
        _finalizer_registry[self._key] = self

    def __call__(self, wr=None, _registry=_finalizer_registry, sub_debug=sub_debug, getpid=os.getpid):
        if _registry.pop(self._key, None) is None:
            sub_debug('finalizer no longer registered')
            return None
        if self._pid != getpid():
            sub_debug('finalizer ignored because different process')
            result = None
        else:
            sub_debug('finalizer calling %s with args %s and kwargs %s', self._callback, self._args, self._kwargs)
            result = self._callback(*self._args, **self._kwargs)
        self._forget()
        return result

    def _forget(self):
        self._weakref = self._callback = self._args = self._kwargs = self._key = None

    def cancel(self):
        """It shall not be called."""
        if _finalizer_registry.pop(self._key, None) is not None:
            self._forget()

    def still_active(self):
        """Will it be called?"""
        return self._key in _finalizer_registry

    def __repr__(self):
        name = type(self).__name__
        try:
            obj = self._weakref()
        except (AttributeError, TypeError):
            obj = None
        if obj is None:
            return f'<{name} object, dead>'
        words = [f"<{name} object, callback={getattr(self._callback, '__name__', self._callback)}"]
        if self._args:
            words.append(f'args={self._args}')
        if self._kwargs:
            words.append(f'kwargs={self._kwargs}')
        if self._key[0] is not None:
            words.append(f'exitpriority={self._key[0]}')
        return ', '.join(words) + '>'


def _run_finalizers(minpriority=None):
    """Call the finalizers whose priority is not less; the highest and newest first."""
    if _finalizer_registry is None:
        return  # the modules are going already
    chosen = [key for key in list(_finalizer_registry) if key[0] is not None and (minpriority is None or key[0] >= minpriority)]
    for key in sorted(chosen, reverse=True):
        finalizer = _finalizer_registry.get(key)
        if finalizer is not None:
            sub_debug('calling %s', finalizer)
            try:
                finalizer()
            except Exception:
                from traceback import print_exc
                print_exc()
    if minpriority is None:
        _finalizer_registry.clear()


# ---- the end ----

def is_exiting():
    """Is the process about to end?"""
    return _exiting or _exiting is None


_exiting = False


def _exit_function(info=info, debug=debug, _run_finalizers=_run_finalizers, active_children=process.active_children,
                   current_process=process.current_process):
    # The arguments keep what it needs from being dropped before it runs.
    global _exiting
    if _exiting:
        return
    _exiting = True
    info('process shutting down')
    debug('running all "atexit" finalizers with priority >= 0')
    _run_finalizers(0)
    if current_process() is not None:
        for child in active_children():
            if child.daemon:
                info('calling terminate() for daemon %s', child.name)
                child._popen.terminate()
        for child in active_children():
            info('calling join() for process %s', child.name)
            child.join()
    debug('running the remaining "atexit" finalizers')
    _run_finalizers()


atexit.register(_exit_function)


# ---- locks and thread-locals that a forked child has afresh ----

class ForkAwareThreadLock:
    def __init__(self):
        self._lock = threading.Lock()
        self.acquire, self.release = self._lock.acquire, self._lock.release
        register_after_fork(self, ForkAwareThreadLock._at_fork_reinit)

    def _at_fork_reinit(self):
        self._lock._at_fork_reinit()

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)


class ForkAwareLocal(threading.local):
    def __new__(cls):
        self = super().__new__(cls)
        register_after_fork(self, lambda local: local.__dict__.clear())
        return self

    def __reduce__(self):
        return type(self), ()


# ---- of managers, real and dummy ----

class Namespace:
    """Attributes, as they are set."""

    def __init__(self, /, **kwds):
        self.__dict__.update(kwds)

    def __repr__(self):
        shown = sorted(f'{name}={value!r}' for name, value in self.__dict__.items() if not name.startswith('_'))
        return f"{type(self).__name__}({', '.join(shown)})"


# ---- descriptors and streams ----

try:
    MAXFD = os.sysconf('SC_OPEN_MAX')
except (AttributeError, OSError, ValueError):
    MAXFD = 256


def close_all_fds_except(fds):
    kept = sorted({-1, *fds, MAXFD})
    assert kept[-1] == MAXFD, 'fd too large'
    for low, high in itertools.pairwise(kept):
        os.closerange(low + 1, high)


def close_fds(*fds):
    for fd in fds:
        os.close(fd)


def _close_stdin():
    """A child has no stdin: two readers of one terminal would only get in each other's way."""
    if sys.stdin is None:
        return
    try:
        sys.stdin.close()
    except (OSError, ValueError):
        pass
    try:
        fd = os.open(os.devnull, os.O_RDONLY)
        try:
            sys.stdin = open(fd, encoding='utf-8', closefd=False)
        except:
            os.close(fd)
            raise
    except (OSError, ValueError):
        pass


def _flush_std_streams():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, ValueError):
            pass


def spawnv_passfds(path, args, passfds):
    """Start a program that has these descriptors and 0, 1, 2. Gives its process number."""
    import _posixsubprocess
    report_reads, report_writes = os.pipe()
    try:
        kept = sorted({*map(int, passfds), report_writes})
        return _posixsubprocess.fork_exec([os.fsencode(arg) for arg in args], [os.fsencode(path)], None, None, (-1, -1, -1, report_writes), kept,
                                          True, False, False, -1, None)
    finally:
        os.close(report_reads)
        os.close(report_writes)


def _cleanup_tests():
    """Leave nothing behind: for test suites that count processes."""
    from test import support
    from . import forkserver, resource_tracker
    forkserver._forkserver._stop()
    resource_tracker._resource_tracker._stop()
    _run_finalizers()
    support.gc_collect()
    support.reap_children()
