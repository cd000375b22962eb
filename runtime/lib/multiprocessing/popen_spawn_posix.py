"""multiprocessing.popen_spawn_posix - a child that is a new program: it gets the Process by pickle through a pipe, and the descriptors that go along.

Next: spawn.py (the child's side).  CPython: Lib/multiprocessing/popen_spawn_posix.py.
"""
import io
import os

from . import context, popen_fork, reduction, spawn, util

__all__ = ['Popen']


class _DupFd:
    """A descriptor that the child has under the same number."""

    def __init__(self, fd):
        self.fd = fd

    def detach(self):
        return self.fd


class Popen(popen_fork.Popen):
    method = 'spawn'
    DupFd = _DupFd

    def __init__(self, process_obj):
        self._fds = []
        super().__init__(process_obj)

    def duplicate_for_child(self, fd):
        self._fds.append(fd)
        return fd

    def _launch(self, process_obj):
        from . import resource_tracker
        tracker_fd = resource_tracker.getfd()
        self._fds.append(tracker_fd)
        data = pickled_process(self, process_obj)
        parent_reads = child_writes = child_reads = parent_writes = None
        try:
            parent_reads, child_writes = os.pipe()
            child_reads, parent_writes = os.pipe()
            self._fds += child_reads, child_writes
            command = spawn.get_command_line(tracker_fd=tracker_fd, pipe_handle=child_reads)
            self.pid = util.spawnv_passfds(spawn.get_executable(), command, self._fds)
            self.sentinel = parent_reads
            with open(parent_writes, 'wb', closefd=False) as f:
                f.write(data)
        finally:
            mine = [fd for fd in (parent_reads, parent_writes) if fd is not None]
            self.finalizer = util.Finalize(self, util.close_fds, mine)
            util.close_fds(*[fd for fd in (child_reads, child_writes) if fd is not None])


def pickled_process(popen, process_obj):
    """What a new process needs: how its parent was set up, and the Process."""
    settings, data = spawn.get_preparation_data(process_obj._name), io.BytesIO()
    context.set_spawning_popen(popen)
    try:
        reduction.dump(settings, data)
        reduction.dump(process_obj, data)
    finally:
        context.set_spawning_popen(None)
    return data.getbuffer()
