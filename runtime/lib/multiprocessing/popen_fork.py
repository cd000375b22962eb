"""multiprocessing.popen_fork - a child by fork(): it has all that the parent had, and pages are copied when one of them writes.

    sentinel    the reading end of a pipe whose other end only the child has: it is ready when the child has ended
Next: popen_spawn_posix.py, process.py (_bootstrap).  CPython: Lib/multiprocessing/popen_fork.py.
"""
import _signal as signal
import os

from . import util

__all__ = ['Popen']


class Popen:
    method = 'fork'

    def __init__(self, process_obj):
        util._flush_std_streams()  # or the child would write it a second time
        self.returncode, self.finalizer = None, None
        self._launch(process_obj)

    def duplicate_for_child(self, fd):
        return fd

    def poll(self, flag=os.WNOHANG):
        """The child's exit status, or None while it lives."""
        if self.returncode is None:
            try:
                pid, status = os.waitpid(self.pid, flag)
            except OSError:
                return None  # it is not ours any more: another one waited for it
            if pid == self.pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout=None):
        if self.returncode is None:
            if timeout is not None:
                from .connection import wait
                if not wait([self.sentinel], timeout):
                    return None
            return self.poll(os.WNOHANG if timeout == 0.0 else 0)  # it closed its end of the pipe, so it is about to end
        return self.returncode

    def _send_signal(self, number):
        if self.returncode is None:
            try:
                os.kill(self.pid, number)
            except ProcessLookupError:
                pass
            except OSError:
                if self.wait(timeout=0.1) is None:
                    raise

    def terminate(self):
        self._send_signal(signal.SIGTERM)

    def kill(self):
        self._send_signal(signal.SIGKILL)

    def _launch(self, process_obj):
        status = 1
        parent_reads, child_writes = os.pipe()
        child_reads, parent_writes = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.close(parent_reads)
                os.close(parent_writes)
                status = process_obj._bootstrap(parent_sentinel=child_reads)
            finally:
                os._exit(status)
        util.close_fds(child_writes, child_reads)
        self.finalizer = util.Finalize(self, util.close_fds, (parent_reads, parent_writes))
        self.sentinel = parent_reads

    def close(self):
        if self.finalizer is not None:
            self.finalizer()
