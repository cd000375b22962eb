"""multiprocessing.resource_sharer - a thread that hands out descriptors of this process to others which show a ticket.

Next: reduction.py.  CPython: Lib/multiprocessing/resource_sharer.py.
"""
import os
import signal
import sys
import threading

from . import process, reduction, util

__all__ = ['stop', 'DupFd']


class DupFd:
    """The ticket for a copy of a descriptor."""

    def __init__(self, fd):
        copy = os.dup(fd)
        self._id = _resource_sharer.register(lambda conn, pid: reduction.send_handle(conn, copy, pid), lambda: os.close(copy))

    def detach(self):
        """Fetch the descriptor. Once only."""
        with _resource_sharer.get_connection(self._id) as conn:
            return reduction.recv_handle(conn)


class _ResourceSharer:
    def __init__(self):
        self._key, self._cache = 0, {}  # key: (send, close)
        self._lock = threading.Lock()
        self._listener = self._address = self._thread = None
        util.register_after_fork(self, _ResourceSharer._afterfork)

    def register(self, send, close):
        """A ticket for something that send(connection, process number) sends."""
        with self._lock:
            if self._address is None:
                self._start()
            self._key += 1
            self._cache[self._key] = send, close
            return self._address, self._key

    @staticmethod
    def get_connection(ident):
        from .connection import Client
        address, key = ident
        conn = Client(address, authkey=process.current_process().authkey)
        conn.send((key, os.getpid()))
        return conn

    def stop(self, timeout=None):
        """End the thread; tickets are void."""
        from .connection import Client
        with self._lock:
            if self._address is not None:
                with Client(self._address, authkey=process.current_process().authkey) as conn:
                    conn.send(None)
                self._thread.join(timeout)
                if self._thread.is_alive():
                    util.sub_warning('_ResourceSharer thread did not stop when asked')
                self._listener.close()
                self._thread = self._address = self._listener = None
                self._drop_all()

    def _drop_all(self):
        for send, close in self._cache.values():
            close()
        self._cache.clear()

    def _afterfork(self):
        self._drop_all()
        self._lock._at_fork_reinit()
        if self._listener is not None:
            self._listener.close()
        self._listener = self._address = self._thread = None

    def _start(self):
        from .connection import Listener
        assert self._listener is None, 'Already have Listener'
        util.debug('starting listener and thread for sending handles')
        self._listener = Listener(authkey=process.current_process().authkey, backlog=128)
        self._address = self._listener.address
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        while True:
            try:
                with self._listener.accept() as conn:
                    message = conn.recv()
                    if message is None:
                        return
                    key, pid = message
                    send, close = self._cache.pop(key)
                    try:
                        send(conn, pid)
                    finally:
                        close()
            except:
                if not util.is_exiting():
                    sys.excepthook(*sys.exc_info())


_resource_sharer = _ResourceSharer()
stop = _resource_sharer.stop
