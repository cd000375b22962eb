"""multiprocessing.resource_tracker - a process that outlives all others of a program and removes the semaphores and shared memory that they left.

Such things have names in the system and would stay for ever when their maker is killed. Each process writes a line for what it makes or removes:
    REGISTER:name:kind     UNREGISTER:name:kind     PROBE:0:noop
Keeps true: the tracker ends when the last process that holds the pipe has ended; then it removes what is still registered, and warns.
Next: synchronize.py, shared_memory.py.  CPython: Lib/multiprocessing/resource_tracker.py.
"""
import os
import sys
import threading

import _multiprocessing
import _posixshmem
import _signal as signal

from . import spawn, util

__all__ = ['ensure_running', 'register', 'unregister']

_IGNORED_SIGNALS = signal.SIGINT, signal.SIGTERM
def _remove_folder(name):
    import shutil
    shutil.rmtree(name)


_CLEANUP_FUNCS = {'folder': _remove_folder, 'noop': lambda: None, 'semaphore': _multiprocessing.sem_unlink, 'shared_memory': _posixshmem.shm_unlink}


class ReentrantCallError(RuntimeError):
    pass


class ResourceTracker:
    """What a process knows of the tracker."""

    def __init__(self):
        self._lock = threading.RLock()
        self._fd = self._pid = None

    def _reentrant_call_error(self):
        raise ReentrantCallError('Reentrant call into the multiprocessing resource tracker')

    def _stop(self):
        with self._lock:
            if self._lock._recursion_count() > 1:
                return self._reentrant_call_error()
            if self._fd is None:
                return None
            os.close(self._fd)
            self._fd = None
            if self._pid is not None:
                os.waitpid(self._pid, 0)
                self._pid = None

    def getfd(self):
        """The end of the pipe, for children."""
        self.ensure_running()
        return self._fd

    def ensure_running(self):
        """Start the tracker, if there is none or it has died."""
        with self._lock:
            if self._lock._recursion_count() > 1:
                return self._reentrant_call_error()
            if self._fd is not None:
                if self._check_alive():
                    return None
                self._forget_dead()
            return self._start()

    def _check_alive(self):
        try:
            os.write(self._fd, b'PROBE:0:noop\n')
            return True
        except OSError:
            return False

    def _forget_dead(self):
        os.close(self._fd)
        try:
            if self._pid is not None:
                os.waitpid(self._pid, 0)
        except ChildProcessError:
            pass  # it was another process's child
        self._fd = self._pid = None
        from warnings import warn
        warn('resource_tracker: process died unexpectedly, relaunching.  Some resources might leak.')

    def _start(self):
        passed = []
        try:
            passed.append(sys.stderr.fileno())
        except Exception:
            pass
        reads, writes = os.pipe()
        program = f'from multiprocessing.resource_tracker import main;main({reads})'
        executable = spawn.get_executable()
        try:
            # The child must not die of Ctrl-C before it has said that it ignores it: a mask is inherited.
            signal.pthread_sigmask(signal.SIG_BLOCK, _IGNORED_SIGNALS)
            try:
                self._pid = util.spawnv_passfds(executable, [executable, *spawn.interpreter_options(), '-c', program], passed + [reads])
            finally:
                signal.pthread_sigmask(signal.SIG_UNBLOCK, _IGNORED_SIGNALS)
        except:
            os.close(writes)
            raise
        else:
            self._fd = writes
        finally:
            os.close(reads)

    def register(self, name, rtype):
        """Something was made."""
        self._send('REGISTER', name, rtype)

    def unregister(self, name, rtype):
        """It was removed."""
        self._send('UNREGISTER', name, rtype)

    def _send(self, command, name, rtype):
        try:
            self.ensure_running()
        except ReentrantCallError:
            # A finalizer ran while this thread was in here; the tracker is there already, unless it is being started.
            if self._fd is None:
                raise
        line = f'{command}:{name}:{rtype}\n'.encode('ascii')
        if len(line) > 512:
            raise ValueError('msg too long')  # a longer write to a pipe might be torn apart
        written = os.write(self._fd, line)
        assert written == len(line), f'nbytes {written:n} but len(msg) {len(line):n}'


_resource_tracker = ResourceTracker()
ensure_running = _resource_tracker.ensure_running
register = _resource_tracker.register
unregister = _resource_tracker.unregister
getfd = _resource_tracker.getfd


# ---- the tracker ----

def main(fd):
    """Keep the books until all have ended, then remove what is left."""
    for number in _IGNORED_SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _IGNORED_SIGNALS)
    for stream in (sys.stdin, sys.stdout):
        try:
            stream.close()
        except Exception:
            pass
    known = {rtype: set() for rtype in _CLEANUP_FUNCS}
    try:
        with open(fd, 'rb') as source:
            for line in source:
                try:
                    _keep_book(known, line)
                except Exception:
                    try:
                        sys.excepthook(*sys.exc_info())
                    except:
                        pass
    finally:
        for rtype, names in known.items():
            _remove(rtype, names)


def _keep_book(known, line):
    command, name, rtype = line.strip().decode('ascii').split(':')
    if rtype not in _CLEANUP_FUNCS:
        raise ValueError(f'Cannot register {name} for automatic cleanup: unknown resource type {rtype}')
    if command == 'REGISTER':
        known[rtype].add(name)
    elif command == 'UNREGISTER':
        known[rtype].discard(name)  # a tracker that was started anew does not know it
    elif command != 'PROBE':
        raise RuntimeError(f'unrecognized command {command!r}')


def _remove(rtype, names):
    if not names:
        return
    from warnings import warn
    try:
        warn(f'resource_tracker: There appear to be {len(names)} leaked {rtype} objects to clean up at shutdown')
    except Exception:
        pass
    for name in names:
        try:
            _CLEANUP_FUNCS[rtype](name)
        except Exception as e:
            warn(f'resource_tracker: {name!r}: {e}')
