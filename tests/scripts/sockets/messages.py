# sendmsg, recvmsg, descriptors sent to another program; names of hosts, services, interfaces.
import array
import os
import socket

a, b = socket.socketpair()
print(a.sendmsg([b"in ", bytearray(b"several "), memoryview(b"pieces")]), b.recvmsg(100))
print(a.sendmsg([]), a.sendmsg(iter([b"x"])), b.recvmsg(10))
first, second = bytearray(4), bytearray(10)
a.send(b"scattered")
print(b.recvmsg_into([first, second]), first, second)

reader, writer = os.pipe()
print(socket.send_fds(a, [b"files"], [reader, writer]))
data, fds, flags, address = socket.recv_fds(b, 100, 5)
print(data, len(fds), flags, address, set(fds) & {reader, writer}, [os.get_inheritable(fd) for fd in fds])
os.write(fds[1], b"through the pipe")
print(os.read(reader, 100))
for fd in (*fds, reader, writer):
    os.close(fd)
with open(os.devnull) as f:
    a.sendmsg([b"one"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [f.fileno()]))])
data, ancillary, flags, address = b.recvmsg(10, socket.CMSG_SPACE(4))
print(data, [(level == socket.SOL_SOCKET, kind == socket.SCM_RIGHTS, len(content)) for level, kind, content in ancillary], flags)
os.close(array.array("i", ancillary[0][2])[0])
print(socket.CMSG_LEN(0), socket.CMSG_LEN(4), socket.CMSG_SPACE(4), socket.CMSG_SPACE(9))

u, v = socket.socket(socket.AF_INET, socket.SOCK_DGRAM), socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
v.bind(("127.0.0.1", 0))
print(u.sendmsg([b"data", b"gram"], [], 0, v.getsockname()))
data, ancillary, flags, address = v.recvmsg(5)
print(data, ancillary, flags == socket.MSG_TRUNC, address[0])
v.settimeout(0.01)


def shows(what, f, *args):
    try:
        print(what, f(*args))
    except Exception as e:
        print(what, type(e).__name__, e)


shows("timeout", v.recvmsg, 5)
shows("negative", v.recvmsg, -1)
shows("negative", v.recvmsg, 1, -1)
shows("negative", socket.CMSG_LEN, -1)
shows("not iterable", a.sendmsg, 5)
shows("not bytes", a.sendmsg, ["text"])
shows("not iterable", a.sendmsg, [b"x"], 5)
shows("not three", a.sendmsg, [b"x"], [(1, 2)])
shows("not writable", b.recvmsg_into, [b"constant"])
shows("closed fd", a.sendmsg, [b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [999999]))])
a.close()
shows("closed", a.sendmsg, [b"x"])
print(b.recvmsg(10))
for s in (b, u, v):
    s.close()

print(socket.getservbyport(80), socket.getservbyport(443, "tcp"), socket.getprotobyname("tcp"), socket.getprotobyname("udp"))
shows("no service", socket.getservbyport, 1, "none")
shows("no protocol", socket.getprotobyname, "nonsense")
shows("range", socket.getservbyport, 70000)
print(socket.gethostbyname_ex("127.0.0.1"), "localhost" in str(socket.gethostbyaddr("127.0.0.1")))
index = socket.if_nametoindex("lo")
print(socket.if_indextoname(index), (index, "lo") in socket.if_nameindex())
shows("no interface", socket.if_nametoindex, "nonsense")
shows("no interface", socket.if_indextoname, 999999)
