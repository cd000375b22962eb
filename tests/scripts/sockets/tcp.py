# TCP, UDP and Unix sockets: connections, timeouts, non-blocking, options, files over sockets, errors.
import errno
import os
import socket
import tempfile
import threading


def shows(what, f, *args):
    try:
        print(what, f(*args))
    except Exception as e:
        print(what, type(e).__name__, e)


def serve(listener):
    while True:
        connection, address = listener.accept()
        with connection:
            while data := connection.recv(1000):
                if data == b"stop":
                    return
                connection.sendall(data.upper())


with socket.create_server(("127.0.0.1", 0)) as listener:
    address = listener.getsockname()
    server = threading.Thread(target=serve, args=(listener,))
    server.start()
    with socket.create_connection(address) as s:
        s.sendall(b"hello")
        print(s.recv(100), s.getpeername() == address, s.family, s.type, s.proto, s.gettimeout())
        print(s.send(b"abc"), s.recv(2), s.recv(2))
        into = bytearray(10)
        s.sendall(b"into")
        print(s.recv_into(into), into, s.recv_into.__name__)
        s.settimeout(0.05)
        shows("timeout", s.recv, 10)
        print(s.gettimeout(), s.getblocking(), socket.timeout is TimeoutError)
        s.setblocking(False)
        shows("would block", s.recv, 10)
        print(s.gettimeout(), s.timeout)
        s.settimeout(None)
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        print(s.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY), s.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE) == socket.SOCK_STREAM)
        with s.makefile("rw", encoding="utf-8", newline="\n") as f:
            f.write("a line\nanother\n")
            f.flush()
            print(repr(f.readline()), repr(f.readline()))
        print(s.fileno() >= 0)
    print(s.fileno(), repr(s))
    shows("closed", s.send, b"x")
    shows("closed", s.recv, 1)
    with socket.create_connection(address, timeout=5) as s:
        print(s.gettimeout())
        s.sendall(b"stop")
        print(s.recv(5))
    server.join()
shows("refused", socket.create_connection, address)
shows("negative", lambda: socket.socket().settimeout(-1))
shows("type", lambda: socket.socket().settimeout("x"))

# the peer goes away
a, b = socket.socketpair()
b.close()
shows("epipe", a.send, b"x")
print(a.recv(10))
a.close()
a, b = socket.socketpair()
a.sendall(b"to the end")
a.shutdown(socket.SHUT_WR)
print(b.recv(100), b.recv(100))
b.sendall(b"still")
print(a.recv(100), a.family == socket.AF_UNIX)
file = a.makefile("rb")
a.close()
b.sendall(b"file lives")
b.close()
print(file.read())
file.close()

# UDP
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as two:
    one.bind(("127.0.0.1", 0))
    two.bind(("localhost", 0))
    print(two.sendto(b"datagram", one.getsockname()))
    data, where = one.recvfrom(100)
    print(data, where == two.getsockname())
    one.sendto(b"back", 0, where)
    print(two.recvfrom_into(into)[0], into[:4])
    one.settimeout(0.01)
    shows("udp timeout", one.recvfrom, 10)

# Unix
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "sock")
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as client:
        listener.bind(path)
        listener.listen()
        client.connect(path)
        server, where = listener.accept()
        print(repr(where), listener.getsockname() == path, client.getpeername() == path)
        server.sendall(b"unix")
        server.close()
        print(client.recv(10), client.recv(10))
    with socket.socket(socket.AF_UNIX) as client:
        print(client.connect_ex(path) == errno.ECONNREFUSED)
        shows("long", client.connect, "x" * 200)
with socket.socket(socket.AF_UNIX) as listener:
    listener.bind(b"\0abstract-%d" % os.getpid())
    print(listener.getsockname()[:10])

# addresses and names
s = socket.socket()
shows("address", s.connect, "nowhere")
shows("address", s.connect, ("127.0.0.1",))
shows("port", s.connect, ("127.0.0.1", 70000))
shows("port", s.bind, ("127.0.0.1", "x"))
shows("host", s.bind, (5, 1))
s.close()
shows("host", socket.getaddrinfo, "no.such.host.invalid", 80, 0, 0, 0, socket.AI_NUMERICHOST)
for info in socket.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM):
    print(info)
print(socket.gethostbyname("127.0.0.1"), socket.getnameinfo(("127.0.0.1", 80), socket.NI_NUMERICHOST | socket.NI_NUMERICSERV))
print(socket.inet_aton("1.2.3.4"), socket.inet_ntoa(b"\x7f\0\0\1"), socket.inet_pton(socket.AF_INET6, "::1"), socket.inet_ntop(socket.AF_INET6, bytes(15) + b"\1"))
shows("inet", socket.inet_aton, "x.y")
shows("inet", socket.inet_ntoa, b"123")
print(socket.htons(1), socket.ntohs(256), socket.htonl(1), socket.gethostname() == os.uname().nodename)
shows("htons", socket.htons, 2**17)
print(issubclass(socket.gaierror, OSError), socket.error is OSError, socket.has_ipv6)
print(repr(socket.AF_INET), socket.SOCK_STREAM, socket.getdefaulttimeout())
socket.setdefaulttimeout(2)
with socket.socket() as s:
    print(s.gettimeout())
socket.setdefaulttimeout(None)
with socket.socket() as s, s.dup() as copy:
    print(copy.fileno() != s.fileno(), copy.type == s.type)
s = socket.socket()
fd = s.detach()
print(s.fileno(), fd >= 0)
os.close(fd)
shows("bad fd", lambda: socket.socket(fileno=fd))
