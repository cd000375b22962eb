"""multiprocessing.connection - objects and bytes through pipes and sockets; Listener and Client, who know each other by a key; wait() for several.

A message is its length, four bytes in network order (-1 and eight bytes from 2 GiB on), then its bytes; send() and recv() pickle.
Keeps true: a message is sent and received whole. Two threads must not send at the same end at once, nor receive.
Next: reduction.py, queues.py.  CPython: Lib/multiprocessing/connection.py.
"""
import itertools
import os
import select
import sys
import time
from struct import Struct

import _socket

from . import reduction, util
from .context import AuthenticationError, BufferTooShort

__all__ = ['Client', 'Listener', 'Pipe', 'wait']

BUFSIZE = 8192
CONNECTION_TIMEOUT = 20.0  # seconds that Client() tries while nobody answers

_number, _long_number = Struct('!i'), Struct('!Q')
_mmap_counter = itertools.count()
default_family, families = 'AF_UNIX', ['AF_INET', 'AF_UNIX']


def arbitrary_address(family):
    """An address where nobody listens."""
    if family == 'AF_INET':
        return 'localhost', 0
    if family == 'AF_UNIX':
        import tempfile
        return tempfile.mktemp(prefix='listener-', dir=util.get_temp_dir())
    raise ValueError('unrecognized family')


def _validate_family(family):
    if family == 'AF_PIPE':
        raise ValueError(f'Family {family} is not recognized.')


def address_type(address):
    """'AF_INET' or 'AF_UNIX'."""
    if type(address) is tuple:
        return 'AF_INET'
    if type(address) is str and address.startswith('\\\\'):
        return 'AF_PIPE'
    if type(address) is str or util.is_abstract_socket_namespace(address):
        return 'AF_UNIX'
    raise ValueError(f'address type of {address!r} unrecognized')


# ---- connections ----

class _ConnectionBase:
    _handle = None

    def __init__(self, handle, readable=True, writable=True):
        handle = handle.__index__()
        if handle < 0:
            raise ValueError('invalid handle')
        if not readable and not writable:
            raise ValueError('at least one of `readable` and `writable` must be True')
        self._handle, self._readable, self._writable = handle, readable, writable

    def __del__(self):
        if self._handle is not None:
            self._close()

    def _check_closed(self):
        if self._handle is None:
            raise OSError('handle is closed')

    def _check_readable(self):
        if self._handle is None:
            raise OSError('handle is closed')
        if not self._readable:
            raise OSError('connection is write-only')

    def _check_writable(self):
        if self._handle is None:
            raise OSError('handle is closed')
        if not self._writable:
            raise OSError('connection is read-only')

    def _bad_message_length(self):
        # What comes next cannot be told apart from the rest of the message.
        if self._writable:
            self._readable = False
        else:
            self.close()
        raise OSError('bad message length')

    @property
    def closed(self):
        return self._handle is None

    @property
    def readable(self):
        return self._readable

    @property
    def writable(self):
        return self._writable

    def fileno(self):
        """The descriptor."""
        self._check_closed()
        return self._handle

    def close(self):
        if self._handle is not None:
            try:
                self._close()
            finally:
                self._handle = None

    def send_bytes(self, buf, offset=0, size=None):
        """Send a message of bytes, all or a part of a buffer."""
        self._check_writable()
        view = memoryview(buf)
        if view.itemsize > 1 or view.ndim > 1 or view.format != 'B':
            view = view.cast('B')
        n = len(view)
        if offset < 0:
            raise ValueError('offset is negative')
        if n < offset:
            raise ValueError('buffer length < offset')
        if size is None:
            size = n - offset
        elif size < 0:
            raise ValueError('size is negative')
        elif offset + size > n:
            raise ValueError('buffer length < offset + size')
        self._send_bytes(view[offset:offset + size])

    def send(self, obj):
        """Send an object, pickled."""
        self._check_writable()
        self._send_bytes(reduction.ForkingPickler.dumps(obj))

    def recv_bytes(self, maxlength=None):
        """Receive a message of bytes."""
        self._check_readable()
        if maxlength is not None and maxlength < 0:
            raise ValueError('negative maxlength')
        data = self._recv_bytes(maxlength)
        if data is None:
            self._bad_message_length()
        return bytes(data)

    def recv_bytes_into(self, buf, offset=0):
        """Receive a message of bytes into a buffer that can be written to; gives its length."""
        self._check_readable()
        with memoryview(buf) as view:
            itemsize = view.itemsize
            room = itemsize * len(view)
            if offset < 0:
                raise ValueError('negative offset')
            if offset > room:
                raise ValueError('offset too large')
            data = self._recv_bytes()
            if room < offset + len(data):
                raise BufferTooShort(bytes(data))
            with view.cast('B') as octets:
                octets[offset:offset + len(data)] = data
            return len(data)

    def recv(self):
        """Receive an object."""
        self._check_readable()
        return reduction.ForkingPickler.loads(self._recv_bytes())

    def poll(self, timeout=0.0):
        """Is there something to receive, or will there be within timeout seconds (None: any time)?"""
        self._check_readable()
        return self._poll(timeout)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


class Connection(_ConnectionBase):
    """An end of a pipe or a socket."""

    def _close(self, _close=os.close):
        _close(self._handle)

    def _send_bytes(self, data):
        n, handle = len(data), self._handle
        if n > 16384:
            # The length goes first and alone: there is no good in a copy of much.
            header = _number.pack(n) if n <= 0x7fffffff else _number.pack(-1) + _long_number.pack(n)
            _write_all(handle, header)
            _write_all(handle, data)
        else:
            # In one piece: no reader sees a length without a message, and the system waits for no more (Nagle's algorithm).
            _write_all(handle, _number.pack(n) + data)

    def _recv_bytes(self, maxlength=None):
        handle = self._handle
        n, = _number.unpack(_read_all(handle, 4))
        if n == -1:
            n, = _long_number.unpack(_read_all(handle, 8))
        if maxlength is not None and n > maxlength:
            return None
        return _read_all(handle, n)

    def _poll(self, timeout):
        return bool(wait([self], timeout))


def _write_all(fd, data, write=os.write):
    n = len(data)
    written = write(fd, data)
    while written < n:
        data, n = data[written:] if isinstance(data, memoryview) else memoryview(data)[written:], n - written
        written = write(fd, data)


def _read_all(fd, n, read=os.read):
    data = read(fd, min(n, 1 << 20))
    if len(data) == n:
        return data
    whole = bytearray(n)
    view, at = memoryview(whole), 0
    while True:
        if not data and n:
            raise EOFError if at == 0 else OSError('got end of file during message')
        view[at:at + len(data)] = data
        at += len(data)
        if at == n:
            view.release()
            return whole
        data = read(fd, min(n - at, 1 << 20))


def _reduce_connection(conn):
    return _rebuild_connection, (reduction.DupFd(conn.fileno()), conn.readable, conn.writable)


def _rebuild_connection(df, readable, writable):
    return Connection(df.detach(), readable, writable)


reduction.register(Connection, _reduce_connection)


def Pipe(duplex=True):
    """Two connections that are the ends of a pipe."""
    if duplex:
        a, b = _socket._socketpair(_socket.AF_UNIX, _socket.SOCK_STREAM, 0)
        return Connection(a), Connection(b)
    reader, writer = os.pipe()
    return Connection(reader, writable=False), Connection(writer, readable=False)


def wait(object_list, timeout=None):
    """The objects (connections, sockets, sentinels) that are ready, as soon as one is, or after timeout seconds."""
    poll, by_fd = select.poll(), {}
    for thing in object_list:
        fd = thing if isinstance(thing, int) else thing.fileno()
        by_fd[fd] = thing
        poll.register(fd, select.POLLIN)
    ready = poll.poll(None if timeout is None else max(timeout, 0) * 1000)
    return [by_fd[fd] for fd, _ in ready]


# ---- who listens, and who calls ----

class Listener:
    """Waits for connections at an address."""

    def __init__(self, address=None, family=None, backlog=1, authkey=None):
        family = family or (address and address_type(address)) or default_family
        _validate_family(family)
        if authkey is not None and not isinstance(authkey, bytes):
            raise TypeError('authkey should be a byte string')
        self._listener = SocketListener(address or arbitrary_address(family), family, backlog)
        self._authkey = authkey

    def accept(self):
        """Wait for a connection."""
        if self._listener is None:
            raise OSError('listener is closed')
        conn = self._listener.accept()
        if self._authkey:
            deliver_challenge(conn, self._authkey)
            answer_challenge(conn, self._authkey)
        return conn

    def close(self):
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.close()

    @property
    def address(self):
        return self._listener._address

    @property
    def last_accepted(self):
        return self._listener._last_accepted

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def Client(address, family=None, authkey=None):
    """A connection to a Listener."""
    family = family or address_type(address)
    _validate_family(family)
    if authkey is not None and not isinstance(authkey, bytes):
        raise TypeError('authkey should be a byte string')
    conn = SocketClient(address)
    if authkey is not None:
        answer_challenge(conn, authkey)
        deliver_challenge(conn, authkey)
    return conn


class SocketListener:
    """A Listener's socket."""

    def __init__(self, address, family, backlog=1):
        import socket
        self._socket = socket.socket(getattr(socket, family))
        try:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._socket.setblocking(True)
            self._socket.bind(address)
            self._socket.listen(backlog)
            self._address = self._socket.getsockname()
        except OSError:
            self._socket.close()
            raise
        self._family, self._last_accepted = family, None
        if family == 'AF_UNIX' and not util.is_abstract_socket_namespace(address):
            self._unlink = util.Finalize(self, os.unlink, args=(address,), exitpriority=0)
        else:
            self._unlink = None

    def accept(self):
        sock, self._last_accepted = self._socket.accept()
        sock.setblocking(True)
        return Connection(sock.detach())

    def close(self):
        try:
            self._socket.close()
        finally:
            unlink, self._unlink = self._unlink, None
            if unlink is not None:
                unlink()


def SocketClient(address):
    """A connection to a socket."""
    import socket
    with socket.socket(getattr(socket, address_type(address))) as s:
        s.setblocking(True)
        s.connect(address)
        return Connection(s.detach())


# ---- each shows the other that it knows the key: what is asked comes back, signed ----

MESSAGE_LENGTH = 20
CHALLENGE, WELCOME, FAILURE = b'#CHALLENGE#', b'#WELCOME#', b'#FAILURE#'


def _signed(authkey, message):
    import hmac
    return hmac.new(authkey, message, 'md5').digest()


def deliver_challenge(connection, authkey):
    """Ask the other side to show that it knows the key."""
    if not isinstance(authkey, bytes):
        raise ValueError(f'Authkey must be bytes, not {type(authkey)!s}')
    message = os.urandom(MESSAGE_LENGTH)
    connection.send_bytes(CHALLENGE + message)
    if connection.recv_bytes(256) != _signed(authkey, message):
        connection.send_bytes(FAILURE)
        raise AuthenticationError('digest received was wrong')
    connection.send_bytes(WELCOME)


def answer_challenge(connection, authkey):
    """Show the other side that we know the key."""
    if not isinstance(authkey, bytes):
        raise ValueError(f'Authkey must be bytes, not {type(authkey)!s}')
    message = connection.recv_bytes(256)
    assert message[:len(CHALLENGE)] == CHALLENGE, f'message = {message!r}'
    connection.send_bytes(_signed(authkey, message[len(CHALLENGE):]))
    if connection.recv_bytes(256) != WELCOME:
        raise AuthenticationError('digest sent was rejected')


# ---- connections with another pickle ----

class ConnectionWrapper:
    """A connection that turns objects into bytes in its own way."""

    def __init__(self, conn, dumps, loads):
        self._conn, self._dumps, self._loads = conn, dumps, loads
        for name in ('fileno', 'close', 'poll', 'recv_bytes', 'send_bytes'):
            setattr(self, name, getattr(conn, name))

    def send(self, obj):
        self._conn.send_bytes(self._dumps(obj))

    def recv(self):
        return self._loads(self._conn.recv_bytes())
