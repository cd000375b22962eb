"""A HTTP client: HTTPConnection(host).request("GET", "/path"), getresponse().read(). https is not supported."""
import io
import re
import socket

from http import HTTPStatus
from http._headers import HTTPException, HTTPMessage, LineTooLong, MAX_LINE, parse_headers

__all__ = ["HTTPResponse", "HTTPConnection", "HTTPException", "NotConnected", "UnknownProtocol", "InvalidURL", "IncompleteRead", "BadStatusLine",
           "LineTooLong", "RemoteDisconnected", "ImproperConnectionState", "CannotSendRequest", "CannotSendHeader", "ResponseNotReady", "responses"]
HTTP_PORT = 80
responses = {int(s): s.phrase for s in HTTPStatus}


class InvalidURL(HTTPException):
    pass


class NotConnected(HTTPException):
    pass


class UnknownProtocol(HTTPException):
    pass


class IncompleteRead(HTTPException):
    def __init__(self, partial, expected=None):
        self.args = (partial,)
        self.partial, self.expected = partial, expected

    def __repr__(self):
        more = f", {self.expected} more expected" if self.expected is not None else ""
        return f"{type(self).__name__}({len(self.partial)} bytes read{more})"

    __str__ = object.__str__


class ImproperConnectionState(HTTPException):
    """The calls came in the wrong order."""


class ResponseNotReady(ImproperConnectionState):
    pass


class CannotSendHeader(ImproperConnectionState):
    pass


class CannotSendRequest(ImproperConnectionState):
    pass


class BadStatusLine(HTTPException):
    def __init__(self, line):
        self.args = (line or repr(line),)
        self.line = line


class RemoteDisconnected(ConnectionResetError, BadStatusLine):
    def __init__(self, *pos, **kw):
        BadStatusLine.__init__(self, "")
        ConnectionResetError.__init__(self, *pos, **kw)


class HTTPResponse(io.BufferedIOBase):
    """An answer: a file of its body, with status, reason and headers."""

    def __init__(self, sock, debuglevel=0, method=None, url=None):
        self.fp = sock.makefile("rb")
        self._method = method
        self.headers = self.msg = self.status = self.reason = self.version = None
        self.chunked, self.length, self.will_close = False, None, True
        self._chunk_left = None

    def begin(self):
        while True:
            line = str(self.fp.readline(MAX_LINE + 1), "iso-8859-1")
            if len(line) > MAX_LINE:
                raise LineTooLong("status line")
            if not line:
                raise RemoteDisconnected("Remote end closed connection without response")
            version, _, rest = line.rstrip("\r\n").partition(" ")
            number, _, reason = rest.partition(" ")
            if not version.startswith("HTTP/") or not number.isdigit() or not 100 <= int(number) <= 999:
                self._close_conn()
                raise BadStatusLine(line)
            self.headers = self.msg = parse_headers(self.fp)
            if int(number) != 100:
                break
        self.code = self.status = int(number)
        self.reason = reason.strip()
        self.version = 10 if version in ("HTTP/1.0", "HTTP/0.9") else 11
        self.chunked = self.headers.get("transfer-encoding", "").lower() == "chunked"
        length = self.headers.get("content-length")
        self.length = int(length) if length and length.isdigit() and not self.chunked else None
        if self.status in (204, 304) or self._method == "HEAD":
            self.length = 0
        connection = self.headers.get("connection", "").lower()
        self.will_close = "close" in connection if self.version == 11 else "keep-alive" not in connection
        if not self.will_close and not self.chunked and self.length is None:
            self.will_close = True

    def _close_conn(self):
        file, self.fp = self.fp, None
        if file is not None:
            file.close()

    def close(self):
        try:
            super().close()
        finally:
            self._close_conn()

    def isclosed(self):
        return self.fp is None

    def readable(self):
        return True

    def flush(self):
        pass

    def read(self, amt=None):
        """The body, or up to amt bytes of it."""
        if self._method == "HEAD":
            self._close_conn()
        if self.fp is None:
            return b""
        if self.chunked:
            return self._read_chunked(amt)
        if amt is not None and amt >= 0:
            if self.length is not None:
                amt = min(amt, self.length)
            data = self.fp.read(amt)
            if not data and amt:
                self._close_conn()
            elif self.length is not None:
                self.length -= len(data)
                if not self.length:
                    self._close_conn()
            return data
        if self.length is None:
            data = self.fp.read()
        else:
            data = self.fp.read(self.length)
            if len(data) < self.length:
                left = self.length - len(data)
                self._close_conn()
                raise IncompleteRead(data, left)
            self.length = 0
        self._close_conn()
        return data

    def _next_chunk(self):
        """Bytes left in this chunk, or in the next one; 0: it was the last."""
        if self._chunk_left is None or self._chunk_left == 0:
            if self._chunk_left == 0:
                self.fp.read(2)  # the line's end behind the chunk
            line = self.fp.readline(MAX_LINE + 1)
            if len(line) > MAX_LINE:
                raise LineTooLong("chunk size")
            try:
                self._chunk_left = int(line.split(b";")[0], 16)
            except ValueError:
                self._close_conn()
                raise IncompleteRead(b"") from None
            if self._chunk_left == 0:
                parse_headers(self.fp)
                self._close_conn()
                return 0
        return self._chunk_left

    def _read_chunked(self, amt):
        pieces, left = [], amt if amt is not None and amt >= 0 else None
        while (left is None or left > 0) and self.fp is not None:
            chunk = self._next_chunk()
            if not chunk:
                break
            wanted = chunk if left is None else min(chunk, left)
            data = self.fp.read(wanted)
            if len(data) < wanted:
                self._close_conn()
                raise IncompleteRead(b"".join(pieces) + data)
            self._chunk_left -= len(data)
            pieces.append(data)
            if left is not None:
                left -= len(data)
        return b"".join(pieces)

    def readinto(self, buffer):
        with memoryview(buffer).cast("B") as view:
            data = self.read(len(view))
            view[:len(data)] = data
            return len(data)

    def read1(self, n=-1):
        return self.read(65536 if n < 0 else n)

    def readline(self, limit=-1):
        line = bytearray()
        while (limit < 0 or len(line) < limit) and (c := self.read(1)):
            line += c
            if c == b"\n":
                break
        return bytes(line)

    def getheader(self, name, default=None):
        if self.headers is None:
            raise ResponseNotReady()
        values = self.headers.get_all(name)
        return ", ".join(values) if values else default

    def getheaders(self):
        if self.headers is None:
            raise ResponseNotReady()
        return self.headers.items()

    def info(self):
        return self.headers

    def geturl(self):
        return self.url

    def getcode(self):
        return self.status


class HTTPConnection:
    response_class = HTTPResponse
    default_port = HTTP_PORT
    auto_open = 1

    def __init__(self, host, port=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, source_address=None, blocksize=8192):
        self.timeout, self.source_address, self.blocksize = timeout, source_address, blocksize
        self.sock = self._response = None
        self._buffer, self._method, self._state = [], None, "Idle"
        self.host, self.port = self._split(host, port)
        if re.search("[\0-\x20\x7f]", self.host):
            raise InvalidURL(f"URL can't contain control characters. {self.host!r}")

    def _split(self, host, port):
        if port is None:
            at, bracket = host.rfind(":"), host.rfind("]")
            if at > bracket:
                try:
                    port = int(host[at + 1:])
                except ValueError:
                    if host[at + 1:]:
                        raise InvalidURL(f"nonnumeric port: '{host[at + 1:]}'") from None
                    port = self.default_port
                host = host[:at]
            else:
                port = self.default_port
        if host and host[0] == "[" and host[-1] == "]":
            host = host[1:-1]
        return host, port

    def set_debuglevel(self, level):
        pass

    def connect(self):
        self.sock = socket.create_connection((self.host, self.port), self.timeout, self.source_address)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self):
        self._state = "Idle"
        sock, self.sock = self.sock, None
        if sock:
            sock.close()
        response, self._response = self._response, None
        if response:
            response.close()

    def send(self, data):
        if self.sock is None:
            if not self.auto_open:
                raise NotConnected()
            self.connect()
        if hasattr(data, "read"):
            while piece := data.read(self.blocksize):
                self.sock.sendall(piece.encode("iso-8859-1") if isinstance(piece, str) else piece)
        elif isinstance(data, (bytes, bytearray, memoryview)):
            self.sock.sendall(data)
        else:
            for piece in data:
                self.sock.sendall(piece)

    def putrequest(self, method, url, skip_host=False, skip_accept_encoding=False):
        if self._response and self._response.isclosed():
            self._response = None
        if self._state != "Idle" or self._response is not None:
            raise CannotSendRequest(self._state)
        if re.search("[\0-\x1f]", method):
            raise ValueError(f"method can't contain control characters. {method!r}")
        url = url or "/"
        if re.search("[\0-\x20\x7f]", url):
            raise InvalidURL(f"URL can't contain control characters. {url!r} (found at least {re.search('[^!-~]', url).group()!r})")
        self._state, self._method = "Request-started", method
        self._buffer = [f"{method} {url} HTTP/1.1".encode("ascii")]
        if not skip_host:
            host = f"[{self.host}]" if ":" in self.host else self.host
            self.putheader("Host", host if self.port == self.default_port else f"{host}:{self.port}")
        if not skip_accept_encoding:
            self.putheader("Accept-Encoding", "identity")

    def putheader(self, header, *values):
        if self._state != "Request-started":
            raise CannotSendHeader()
        header = header.encode("ascii") if isinstance(header, str) else header
        if not re.fullmatch(rb"[^:\s][^:\r\n]*", header):
            raise ValueError(f"Invalid header name {header!r}")
        encoded = []
        for value in values:
            value = value.encode("latin-1") if isinstance(value, str) else str(value).encode("ascii") if isinstance(value, int) else value
            if re.search(rb"\n(?![ \t])|\r(?![ \t\n])", value):
                raise ValueError(f"Invalid header value {value!r}")
            encoded.append(value)
        self._buffer.append(header + b": " + b"\r\n\t".join(encoded))

    def endheaders(self, message_body=None, *, encode_chunked=False):
        if self._state != "Request-started":
            raise CannotSendHeader()
        self._state = "Request-sent"
        head = b"\r\n".join(self._buffer) + b"\r\n\r\n"
        self._buffer = []
        if isinstance(message_body, (bytes, bytearray)) and len(message_body) < 65536:
            head, message_body = head + message_body, None
        self.send(head)
        if message_body is None:
            return
        if not encode_chunked:
            self.send(message_body)
            return
        for piece in iter(lambda: message_body.read(self.blocksize), b"") if hasattr(message_body, "read") else message_body:
            if piece:
                self.send(b"%X\r\n" % len(piece) + bytes(piece) + b"\r\n")
        self.send(b"0\r\n\r\n")

    def request(self, method, url, body=None, headers={}, *, encode_chunked=False):
        """Send a request."""
        names = {k.lower() for k in headers}
        self.putrequest(method, url, skip_host="host" in names, skip_accept_encoding="accept-encoding" in names)
        if isinstance(body, str):
            body = body.encode("iso-8859-1")
        if "content-length" not in names and "transfer-encoding" not in names:
            if body is None:
                if method.upper() in ("PATCH", "POST", "PUT"):
                    self.putheader("Content-Length", "0")
            elif isinstance(body, (bytes, bytearray, memoryview)):
                self.putheader("Content-Length", str(len(body)))
            else:
                encode_chunked = True
                self.putheader("Transfer-Encoding", "chunked")
        for name, value in headers.items():
            self.putheader(name, value)
        self.endheaders(body, encode_chunked=encode_chunked)

    def getresponse(self):
        """The answer. Read it before the next request."""
        if self._response and self._response.isclosed():
            self._response = None
        if self._state != "Request-sent" or self._response:
            raise ResponseNotReady(self._state)
        response = self.response_class(self.sock, method=self._method)
        try:
            response.begin()
        except BaseException as e:
            (self if isinstance(e, ConnectionError) else response).close()
            raise
        self._state = "Idle"
        if response.will_close:
            self.sock.close()  # the response's file keeps the descriptor
            self.sock = None
        else:
            self._response = response
        return response
