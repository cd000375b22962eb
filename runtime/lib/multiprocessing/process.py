"""multiprocessing.process - Process: its life as the parent sees it, and what the child does first and last.

    initial -> started (start) -> stopped (the child has ended; join, poll or the next start notices)

Keeps true: a Process belongs to the process that made it; _children are those started and not seen to have ended.
Next: context.py, popen_fork.py, util.py (what happens at the end).  CPython: Lib/multiprocessing/process.py.
"""
import _signal as signal  # not the module signal: its enums would cost each spawned process as much as all else
import itertools
import os
import sys
import threading

from _weakrefset import WeakSet

__all__ = ['BaseProcess', 'current_process', 'active_children', 'parent_process']

try:
    ORIGINAL_DIR = os.path.abspath(os.getcwd())
except OSError:
    ORIGINAL_DIR = None


def current_process():
    """The Process of this process."""
    return _current_process


def parent_process():
    """The Process of the one that started this one; None in the first."""
    return _parent_process


def active_children():
    """The children that live, as a list. The others are joined."""
    _cleanup()
    return list(_children)


def _cleanup():
    for child in list(_children):
        if (popen := child._popen) and popen.poll() is not None:
            _children.discard(child)


class BaseProcess:
    """A call in a process of its own. Give it a target, or override run()."""

    _ends_with_parent = False  # True: as a daemon, it does not outlive its parent

    def _Popen(self):
        raise NotImplementedError

    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}, *, daemon=None):
        assert group is None, 'group argument must be None for now'
        self._identity = _current_process._identity + (next(_process_counter),)
        self._config = _current_process._config.copy()
        self._parent_pid, self._parent_name = os.getpid(), _current_process.name
        self._popen, self._closed = None, False
        self._target, self._args, self._kwargs = target, tuple(args), dict(kwargs)
        self._name = name or f"{type(self).__name__}-{':'.join(map(str, self._identity))}"
        if daemon is not None:
            self.daemon = daemon
        _dangling.add(self)

    def _check_closed(self):
        if self._closed:
            raise ValueError('process object is closed')

    def run(self):
        """What the process does: call the target with its arguments."""
        if self._target:
            self._target(*self._args, **self._kwargs)

    # -- its life, as the parent sees it --

    def start(self):
        """Start the child."""
        self._check_closed()
        assert self._popen is None, 'cannot start a process twice'
        assert self._parent_pid == os.getpid(), 'can only start a process object created by current process'
        assert not _current_process._config.get('daemon'), 'daemonic processes are not allowed to have children'
        _cleanup()
        self._popen = self._Popen(self)
        self._sentinel = self._popen.sentinel
        del self._target, self._args, self._kwargs  # they may hold this Process; don't keep each other alive
        _children.add(self)

    def terminate(self):
        """Send SIGTERM."""
        self._check_closed()
        self._popen.terminate()

    def kill(self):
        """Send SIGKILL."""
        self._check_closed()
        self._popen.kill()

    def join(self, timeout=None):
        """Wait for the end, at most timeout seconds."""
        self._check_closed()
        assert self._parent_pid == os.getpid(), 'can only join a child process'
        assert self._popen is not None, 'can only join a started process'
        if self._popen.wait(timeout) is not None:
            _children.discard(self)

    def is_alive(self):
        """Has it started, and not ended?"""
        self._check_closed()
        if self is _current_process:
            return True
        assert self._parent_pid == os.getpid(), 'can only test a child process'
        if self._popen is None:
            return False
        if self._popen.poll() is None:
            return True
        _children.discard(self)
        return False

    def close(self):
        """Let go of what the system keeps for it. The process must have ended."""
        if self._popen is not None:
            if self._popen.poll() is None:
                raise ValueError('Cannot close a process while it is still running. You should first call join() or terminate().')
            self._popen.close()
            self._popen = None
            del self._sentinel
            _children.discard(self)
        self._closed = True

    # -- what is known of it --

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, name):
        assert isinstance(name, str), 'name must be a string'
        self._name = name

    @property
    def daemon(self):
        """A daemon is terminated when the program ends."""
        return self._config.get('daemon', False)

    @daemon.setter
    def daemon(self, daemonic):
        assert self._popen is None, 'process has already started'
        self._config['daemon'] = daemonic

    @property
    def authkey(self):
        return self._config['authkey']

    @authkey.setter
    def authkey(self, authkey):
        self._config['authkey'] = AuthenticationString(authkey)

    @property
    def exitcode(self):
        """None before the end; then the exit status, or minus the signal that ended it."""
        self._check_closed()
        return self._popen if self._popen is None else self._popen.poll()

    @property
    def ident(self):
        """The process's number; None before it starts."""
        self._check_closed()
        if self is _current_process:
            return os.getpid()
        return self._popen and self._popen.pid

    pid = ident

    @property
    def sentinel(self):
        """A descriptor that is ready when the process has ended."""
        self._check_closed()
        try:
            return self._sentinel
        except AttributeError:
            raise ValueError('process not started') from None

    def __repr__(self):
        words = [f'name={self._name!r}']
        state = 'closed' if self._closed else 'started' if self is _current_process else None
        if state is None:
            state, status = self._state()
        else:
            status = None
        if not self._closed and self._popen is not None:
            words.append(f'pid={self._popen.pid}')
        words += [f'parent={self._parent_pid}', state]
        if status is not None:
            words.append(f'exitcode={_signal_names.get(status, status)}')
        if self.daemon:
            words.append('daemon')
        return f"<{type(self).__name__} {' '.join(words)}>"

    def _state(self):
        if self._parent_pid != os.getpid():
            return 'unknown', None
        if self._popen is None:
            return 'initial', None
        status = self._popen.poll()
        return ('started', None) if status is None else ('stopped', status)

    # -- its life, from inside --

    def _bootstrap(self, parent_sentinel=None):
        """In the child: become the current process, run, and give the exit status."""
        from . import util
        try:
            self._arrive(parent_sentinel)
            util.info('child process calling self.run()')
            try:
                self.run()
                status = 0
            finally:
                util._exit_function()
        except SystemExit as e:
            status = self._status_of(e.code)
        except:
            status = 1
            from traceback import print_exc
            sys.stderr.write(f'Process {self.name}:\n')
            print_exc()
        finally:
            threading._shutdown()
            util.info('process exiting with exitcode %d', status)
            util._flush_std_streams()
        return status

    def _arrive(self, parent_sentinel):
        global _current_process, _parent_process, _process_counter, _children
        from . import context, util
        if self._start_method is not None:
            context._force_start_method(self._start_method)
        _process_counter, _children = itertools.count(1), set()
        util._close_stdin()
        old = _current_process  # is not to end before the hooks have run
        _current_process, _parent_process = self, _ParentProcess(self._parent_name, self._parent_pid, parent_sentinel)
        threading.main_thread()._note_ident()
        if parent_sentinel is not None and (self.daemon or self._ends_with_parent):
            _end_with(parent_sentinel)
        try:
            self._after_fork()
        finally:
            del old

    @staticmethod
    def _after_fork():
        from . import util
        util._finalizer_registry.clear()
        util._run_after_forkers()

    @staticmethod
    def _status_of(code):
        if code is None:
            return 0
        if isinstance(code, int):
            return code
        sys.stderr.write(f'{code}\n')
        return 1


def _end_with(sentinel):
    """A daemon does not outlive its parent, however that ends: SIGTERM comes when nobody can write to the sentinel's pipe any more."""
    import select
    from _multiprocessing import signal_at_hangup
    signal_at_hangup(sentinel, signal.SIGTERM)
    poll = select.poll()
    poll.register(sentinel, select.POLLIN)
    if poll.poll(0):
        os.kill(os.getpid(), signal.SIGTERM)  # it was too late


class AuthenticationString(bytes):
    """The key of connections; it only goes to a process that is being started."""

    def __reduce__(self):
        from .context import get_spawning_popen
        if get_spawning_popen() is None:
            raise TypeError('Pickling an AuthenticationString object is disallowed for security reasons')
        return AuthenticationString, (bytes(self),)


class _ParentProcess(BaseProcess):
    """The parent, as the child sees it."""

    def __init__(self, name, pid, sentinel):
        self._identity, self._name, self._pid, self._sentinel = (), name, pid, sentinel
        self._parent_pid = self._popen = None
        self._closed, self._config = False, {}

    def is_alive(self):
        from .connection import wait
        return not wait([self._sentinel], timeout=0)

    @property
    def ident(self):
        return self._pid

    pid = ident

    def join(self, timeout=None):
        """Wait for the parent's end."""
        from .connection import wait
        wait([self._sentinel], timeout=timeout)


class _MainProcess(BaseProcess):
    """The process that was not started by multiprocessing."""

    def __init__(self):
        self._identity, self._name = (), 'MainProcess'
        self._parent_pid = self._popen = None
        self._closed = False
        self._config = {'authkey': AuthenticationString(os.urandom(32)), 'semprefix': '/mp'}

    def close(self):
        pass


_parent_process = None
_current_process = _MainProcess()
_process_counter = itertools.count(1)
_children = set()
_dangling = WeakSet()  # every Process that is still there

_signal_names = {-number: f'-{name}' for name, number in vars(signal).items() if name[:3] == 'SIG' and '_' not in name}
