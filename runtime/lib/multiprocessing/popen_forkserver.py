"""multiprocessing.popen_forkserver - a child of the fork server: forked from a process that has no threads and little memory.

Next: forkserver.py.  CPython: Lib/multiprocessing/popen_forkserver.py.
"""
import os

from . import forkserver, popen_spawn_posix, util
from .popen_spawn_posix import pickled_process

__all__ = ['Popen']


class _DupFd:
    """A descriptor that the child gets under a number of its own."""

    def __init__(self, index):
        self.index = index

    def detach(self):
        return forkserver.get_inherited_fds()[self.index]


class Popen(popen_spawn_posix.Popen):
    method = 'forkserver'
    DupFd = _DupFd

    def duplicate_for_child(self, fd):
        super().duplicate_for_child(fd)
        return len(self._fds) - 1

    def _launch(self, process_obj):
        data = pickled_process(self, process_obj)
        self.sentinel, writer = forkserver.connect_to_new_process(self._fds)
        # A copy of the end that we write to stays open as long as this Popen: the child sees in it that we live.
        parent_alive = os.dup(writer)
        self.finalizer = util.Finalize(self, util.close_fds, (parent_alive, self.sentinel))
        with open(writer, 'wb', closefd=True) as f:
            f.write(data)
        self.pid = forkserver.read_signed(self.sentinel)

    def poll(self, flag=os.WNOHANG):
        if self.returncode is None:
            from .connection import wait
            if not wait([self.sentinel], 0 if flag == os.WNOHANG else None):
                return None
            try:
                self.returncode = forkserver.read_signed(self.sentinel)
            except (OSError, EOFError):
                self.returncode = 255  # the server died, and nobody can tell
        return self.returncode
