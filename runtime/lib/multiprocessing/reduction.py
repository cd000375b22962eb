"""multiprocessing.reduction - pickling for other processes of this machine: descriptors, sockets and connections can go along.

A descriptor is a number that means something in one process only. It goes along in one of three ways:
    at the start of a process    it is left open (fork, spawn) or sent over the fork server's socket: Popen.duplicate_for_child
    later                        resource_sharer hands it out, over a Unix socket, to whoever shows a ticket
    by hand                      send_handle, recv_handle
Next: connection.py, resource_sharer.py.  CPython: Lib/multiprocessing/reduction.py.
"""
import copyreg
import io
import os
import pickle
import sys

from . import context

__all__ = ['send_handle', 'recv_handle', 'ForkingPickler', 'register', 'dump']

HAVE_SEND_HANDLE = True
ACKNOWLEDGE = False  # no need to tell the sender of descriptors that they have arrived


class _Reducers(dict):
    """Type: reducer. What is not here is looked up in copyreg."""

    def __missing__(self, cls):
        socket = sys.modules.get('socket')
        if socket is not None and cls is socket.socket:
            return _reduce_socket
        return copyreg.dispatch_table[cls]


class ForkingPickler(pickle.Pickler):
    """The pickler for other processes."""

    _extra_reducers = dispatch_table = _Reducers()

    def __init__(self, *args):
        super().__init__(*args)

    @classmethod
    def register(cls, type, reduce):
        """Pickle objects of this type with reduce(obj)."""
        cls._extra_reducers[type] = reduce

    @classmethod
    def dumps(cls, obj, protocol=None):
        data = io.BytesIO()
        cls(data, protocol).dump(obj)
        return data.getbuffer()

    loads = pickle.loads


register = ForkingPickler.register


def dump(obj, file, protocol=None):
    """pickle.dump() with ForkingPickler."""
    ForkingPickler(file, protocol).dump(obj)


# ---- descriptors over a Unix socket ----

def sendfds(sock, fds):
    """Send descriptors."""
    import _socket
    from array import array
    fds = array('i', fds)
    sock.sendmsg([bytes([len(fds) % 256])], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, fds)])


def recvfds(sock, size):
    """Receive at most size descriptors."""
    import _socket
    from array import array
    fds = array('i')
    data, ancillary, flags, address = sock.recvmsg(1, _socket.CMSG_SPACE(fds.itemsize * size))
    if not data and not ancillary:
        raise EOFError
    if len(ancillary) != 1:
        raise RuntimeError(f'received {len(ancillary)} items of ancdata')
    level, kind, content = ancillary[0]
    if (level, kind) != (_socket.SOL_SOCKET, _socket.SCM_RIGHTS) or len(content) % fds.itemsize:
        raise RuntimeError('Invalid data received')
    fds.frombytes(content)
    if len(fds) % 256 != data[0]:
        raise AssertionError(f'Len is {len(fds):n} but msg[0] is {data[0]!r}')
    return list(fds)


def send_handle(conn, handle, destination_pid):
    """Send a descriptor over a local connection."""
    _over_socket(conn, lambda sock: sendfds(sock, [handle]))


def recv_handle(conn):
    """Receive a descriptor over a local connection."""
    return _over_socket(conn, lambda sock: recvfds(sock, 1)[0])


def _over_socket(conn, work):
    import _socket
    sock = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM, fileno=os.dup(conn.fileno()))
    try:
        return work(sock)
    finally:
        sock.close()


def DupFd(fd):
    """Something that is pickled in place of a descriptor; its detach() gives the descriptor there."""
    popen = context.get_spawning_popen()
    if popen is not None:
        return popen.DupFd(popen.duplicate_for_child(fd))
    from . import resource_sharer
    return resource_sharer.DupFd(fd)


# ---- sockets ----

def _reduce_socket(s):
    return _rebuild_socket, (DupFd(s.fileno()), s.family, s.type, s.proto)


def _rebuild_socket(df, family, type, proto):
    import socket
    return socket.socket(family, type, proto, fileno=df.detach())


class AbstractReducer:
    """What a context's reducer must have."""

    ForkingPickler = ForkingPickler
    register, dump, send_handle, recv_handle, DupFd = register, dump, send_handle, recv_handle, DupFd

    def __init__(self, *args):
        pass
