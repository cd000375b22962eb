"""Transports move bytes between a socket and a protocol, which is told of them by calls.

    protocol                         transport
      connection_made(transport)  <--
      data_received(data)         <--  the socket can be read
                 write(data)      -->  sends at once what the socket takes; the rest is kept until it can be written
      pause_writing()             <--  more than the high-water mark is kept;  resume_writing(): less than the low one
      connection_lost(exception)  <--

Next: streams.py (the same for coroutines).
"""
import collections
import socket
import warnings

__all__ = ("BaseProtocol", "Protocol", "DatagramProtocol", "BufferedProtocol", "BaseTransport", "Transport", "DatagramTransport", "ReadTransport", "WriteTransport")

_READ_SIZE = 256 * 1024


class BaseProtocol:
    __slots__ = ()

    def connection_made(self, transport):
        pass

    def connection_lost(self, exc):
        pass

    def pause_writing(self):
        pass

    def resume_writing(self):
        pass


class Protocol(BaseProtocol):
    __slots__ = ()

    def data_received(self, data):
        pass

    def eof_received(self):
        """The peer sends no more. A true result: the transport stays open for writing."""


class BufferedProtocol(BaseProtocol):
    __slots__ = ()

    def get_buffer(self, sizehint):
        pass

    def buffer_updated(self, nbytes):
        pass

    def eof_received(self):
        pass


class DatagramProtocol(BaseProtocol):
    __slots__ = ()

    def datagram_received(self, data, addr):
        pass

    def error_received(self, exc):
        pass


class BaseTransport:
    def __init__(self, extra=None):
        self._extra = {} if extra is None else extra

    def get_extra_info(self, name, default=None):
        return self._extra.get(name, default)


class ReadTransport(BaseTransport):
    pass


class WriteTransport(BaseTransport):
    pass


class Transport(ReadTransport, WriteTransport):
    pass


class DatagramTransport(BaseTransport):
    pass


class _SocketBase(Transport):
    """What both kinds share: the socket, closing, the water marks."""

    def __init__(self, loop, sock, protocol, extra=None, server=None):
        super().__init__(extra)
        self._extra["socket"] = sock
        for name, ask in (("sockname", sock.getsockname), ("peername", sock.getpeername)):
            if name not in self._extra:
                try:
                    self._extra[name] = ask()
                except OSError:
                    self._extra[name] = None
        self._loop, self._sock, self._sock_fd = loop, sock, sock.fileno()
        self._server = server
        self._closing = self._eof = self._paused = self._protocol_paused = False
        self._conn_lost = 0
        self._buffer_size = 0
        self._set_limits(None, None)
        self.set_protocol(protocol)
        if server is not None:
            server._attach()

    def __repr__(self):
        state = "closed" if self._sock is None else "closing" if self._closing else "open"
        return f"<{type(self).__name__} {state} fd={self._sock_fd}>"

    def __del__(self, _warn=warnings.warn):
        if getattr(self, "_sock", None) is not None:
            _warn(f"unclosed transport {self!r}", ResourceWarning, source=self)
            self._sock.close()

    def is_closing(self):
        return self._closing

    def get_protocol(self):
        return self._protocol

    def set_protocol(self, protocol):
        self._protocol = protocol

    def abort(self):
        """Close at once; what is not sent is lost."""
        self._force_close(None)

    def close(self):
        """Close when everything is sent."""
        if self._closing:
            return
        self._closing = True
        self._loop._remove_reader(self._sock_fd)
        if not self._buffer_size:
            self._conn_lost += 1
            self._loop._remove_writer(self._sock_fd)
            self._loop.call_soon(self._call_connection_lost, None)

    def _fatal_error(self, exc, message="Fatal error on transport"):
        if not isinstance(exc, OSError):
            self._loop.call_exception_handler({"message": message, "exception": exc, "transport": self, "protocol": self._protocol})
        self._force_close(exc)

    def _force_close(self, exc):
        if self._conn_lost:
            return
        loop, fd = self._loop, self._sock_fd
        if self._buffer_size:
            loop._remove_writer(fd)
            self._drop_buffer()
        if not self._closing:
            loop._remove_reader(fd)
        self._closing = True
        self._conn_lost += 1
        loop.call_soon(self._call_connection_lost, exc)

    def _call_connection_lost(self, exc):
        try:
            self._protocol.connection_lost(exc)
        finally:
            self._sock.close()
            self._sock = self._protocol = None
            server, self._server = self._server, None
            if server is not None:
                server._detach()

    # ---- water marks ----

    def _set_limits(self, high, low):
        if high is None:
            high = 64 * 1024 if low is None else 4 * low
        if low is None:
            low = high // 4
        if not high >= low >= 0:
            raise ValueError(f"high ({high!r}) must be >= low ({low!r}) must be >= 0")
        self._high_water, self._low_water = high, low

    def set_write_buffer_limits(self, high=None, low=None):
        self._set_limits(high, low)
        self._maybe_pause_protocol()

    def get_write_buffer_limits(self):
        return self._low_water, self._high_water

    def get_write_buffer_size(self):
        return self._buffer_size

    def _maybe_pause_protocol(self):
        if self._buffer_size > self._high_water and not self._protocol_paused:
            self._protocol_paused = True
            self._tell(self._protocol.pause_writing, "protocol.pause_writing() failed")

    def _maybe_resume_protocol(self):
        if self._protocol_paused and self._buffer_size <= self._low_water:
            self._protocol_paused = False
            self._tell(self._protocol.resume_writing, "protocol.resume_writing() failed")

    def _tell(self, method, message):
        try:
            method()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._loop.call_exception_handler({"message": message, "exception": e, "transport": self, "protocol": self._protocol})


class SocketTransport(_SocketBase):
    """A connection."""

    def __init__(self, loop, sock, protocol, waiter=None, extra=None, server=None):
        self._buffer = bytearray()
        super().__init__(loop, sock, protocol, extra, server)
        if sock.family in (socket.AF_INET, socket.AF_INET6):
            try:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError:
                pass
        loop.call_soon(self._protocol.connection_made, self)
        loop.call_soon(self._start_reading)  # not before connection_made()
        if waiter is not None:
            loop.call_soon(_set_unless_cancelled, waiter)

    def set_protocol(self, protocol):
        super().set_protocol(protocol)
        self._takes_buffer = isinstance(protocol, BufferedProtocol)

    # ---- reading ----

    def _start_reading(self):
        if not self._closing and not self._paused:
            self._loop._add_reader(self._sock_fd, self._read_ready)

    def is_reading(self):
        return not self._closing and not self._paused

    def pause_reading(self):
        if not (self._closing or self._paused):
            self._loop._remove_reader(self._sock_fd)
            self._paused = True

    def resume_reading(self):
        if self._closing or not self._paused:
            return
        self._paused = False
        self._loop._add_reader(self._sock_fd, self._read_ready)

    def _read_ready(self):
        if self._conn_lost:
            return
        try:
            if self._takes_buffer:
                n = self._sock.recv_into(self._protocol.get_buffer(-1))
                data = None
            else:
                data = self._sock.recv(_READ_SIZE)
                n = len(data)
        except (BlockingIOError, InterruptedError):
            return
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._fatal_error(e, "Fatal read error on socket transport")
            return
        try:
            if n == 0:
                self._at_eof()
            elif data is None:
                self._protocol.buffer_updated(n)
            else:
                self._protocol.data_received(data)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._fatal_error(e, "Fatal error: protocol.data_received() call failed." if n else "Fatal error: protocol.eof_received() call failed.")

    def _at_eof(self):
        if not self._protocol.eof_received():
            self.close()
        else:
            self._loop._remove_reader(self._sock_fd)  # keep it open for writing

    def _send(self, data):
        """How many bytes the socket took; None after an error, which closes the transport."""
        try:
            return self._sock.send(data)
        except (BlockingIOError, InterruptedError):
            return 0
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as e:
            self._loop._remove_writer(self._sock_fd)
            self._drop_buffer()
            self._fatal_error(e, "Fatal write error on socket transport")
            return None

    # ---- writing ----

    def write(self, data):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data argument must be a bytes-like object, not {type(data).__name__!r}")
        if self._eof:
            raise RuntimeError("Cannot call write() after write_eof()")
        if not data:
            return
        if self._conn_lost:
            self._conn_lost += 1
            return
        if not self._buffer:
            n = self._send(data)
            if n is None or n == len(data):
                return
            data = memoryview(data)[n:]
            self._loop._add_writer(self._sock_fd, self._write_ready)
        self._buffer.extend(data)
        self._buffer_size = len(self._buffer)
        self._maybe_pause_protocol()

    def writelines(self, list_of_data):
        self.write(b"".join(list_of_data))

    def _write_ready(self):
        n = None if self._conn_lost else self._send(self._buffer)
        if not n:
            return
        del self._buffer[:n]
        self._buffer_size = len(self._buffer)
        self._maybe_resume_protocol()
        if self._buffer_size:
            return
        self._loop._remove_writer(self._sock_fd)
        if self._closing:
            self._call_connection_lost(None)
        elif self._eof:
            self._sock.shutdown(socket.SHUT_WR)

    def _drop_buffer(self):
        self._buffer.clear()
        self._buffer_size = 0

    def can_write_eof(self):
        return True

    def write_eof(self):
        """Nothing more will be written; reading goes on."""
        if not (self._closing or self._eof):
            self._eof = True
            if not self._buffer:
                self._sock.shutdown(socket.SHUT_WR)


class DatagramSocketTransport(_SocketBase, DatagramTransport):
    """Datagrams, each whole or not at all."""

    def __init__(self, loop, sock, protocol, waiter, address=None):
        self._queue = collections.deque()
        self._address = address
        super().__init__(loop, sock, protocol)
        loop.call_soon(self._protocol.connection_made, self)
        loop.call_soon(self._start_reading)
        loop.call_soon(_set_unless_cancelled, waiter)

    def _start_reading(self):
        if not self._closing:
            self._loop._add_reader(self._sock_fd, self._read_ready)

    def _read_ready(self):
        if self._conn_lost:
            return
        try:
            data, address = self._sock.recvfrom(_READ_SIZE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as e:
            self._protocol.error_received(e)
        else:
            self._protocol.datagram_received(data, address)

    def _send(self, data, address):
        """True: it is gone, or lost for good."""
        try:
            if self._address:
                self._sock.send(data)
            else:
                self._sock.sendto(data, address)
        except (BlockingIOError, InterruptedError):
            return False
        except OSError as e:
            self._protocol.error_received(e)
        return True

    def sendto(self, data, addr=None):
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError(f"data argument must be a bytes-like object, not {type(data).__name__!r}")
        if not data or self._conn_lost:
            return
        if self._address and addr not in (None, self._address):
            raise ValueError(f"Invalid address: must be None or {self._address}")
        if not self._queue and self._send(data, addr):
            return
        if not self._queue:
            self._loop._add_writer(self._sock_fd, self._write_ready)
        self._queue.append((bytes(data), addr))
        self._buffer_size += len(data)
        self._maybe_pause_protocol()

    def _write_ready(self):
        while self._queue and self._send(*self._queue[0]):
            self._buffer_size -= len(self._queue.popleft()[0])
        self._maybe_resume_protocol()
        if not self._queue:
            self._loop._remove_writer(self._sock_fd)
            if self._closing:
                self._call_connection_lost(None)

    def _drop_buffer(self):
        self._queue.clear()
        self._buffer_size = 0


def _set_unless_cancelled(waiter):
    if not waiter.cancelled():
        waiter.set_result(None)
