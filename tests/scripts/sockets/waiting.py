# select, poll, epoll and selectors: readiness, timeouts, errors; signals end or do not end a wait (PEP 475).
import os
import select
import selectors
import signal
import socket
import time


def shows(what, f, *args):
    try:
        print(what, f(*args))
    except Exception as e:
        print(what, type(e).__name__, e)


r, w = os.pipe()
print(select.select([r], [w], [], 0) == ([], [w], []))
os.write(w, b"x")
print(select.select([r], [w], [r], 1) == ([r], [w], []))
a, b = socket.socketpair()
print(select.select([a], [], [], 0.01), select.select([], [b], [])[1] == [b])
start = time.monotonic()
print(select.select([], [], [], 0.05), 0.04 < time.monotonic() - start < 1)
shows("select", select.select, [-1], [], [])
shows("select", select.select, ["x"], [], [])
shows("select", select.select, [5000], [], [])
shows("select", select.select, [], [], [], -1)
shows("select", select.select, [], [], [], "x")

p = select.poll()
p.register(r, select.POLLIN)
p.register(a)
print(sorted(p.poll(0)) == sorted([(r, select.POLLIN), (a.fileno(), select.POLLOUT)]))
p.modify(a, select.POLLIN)
print(p.poll(0) == [(r, select.POLLIN)])
p.unregister(r)
print(p.poll(5))
shows("unknown", p.unregister, r)
shows("unknown", p.modify, 99, 1)
b.close()
print(p.poll()[0][1] & select.POLLHUP != 0)
a.close()

with select.epoll() as e:
    e.register(r, select.EPOLLIN)
    print(e.poll(0) == [(r, select.EPOLLIN)], e.closed, e.fileno() > 2)
    shows("twice", e.register, r)
    e.modify(r, 0)
    print(e.poll(0.01))
    e.unregister(r)
    shows("unknown", e.unregister, r)
    shows("max", e.poll, 0, 0)
print(e.closed)
shows("closed", e.poll, 0)

for cls in (selectors.SelectSelector, selectors.PollSelector, selectors.EpollSelector):
    with cls() as s:
        key = s.register(r, selectors.EVENT_READ, "data")
        print(cls.__name__, key.fd == r, key.events, key.data, len(s.get_map()), s.get_key(r) == key)
        print([(k.data, events) for k, events in s.select(1)])
        s.modify(r, selectors.EVENT_READ, "other")
        s.register(w, selectors.EVENT_WRITE, None)
        print(sorted((k.data or "", events) for k, events in s.select()))
        s.unregister(w)
        shows("twice", lambda: s.register(r, selectors.EVENT_READ) and None if r not in s.get_map() else "there")
        shows("events", s.register, w, 0)
        os.read(r, 1)
        print(s.select(0.01))
        os.write(w, b"y")
    print(s.get_map())

# a handler that returns: the wait goes on; one that raises: it ends
calls = []
signal.signal(signal.SIGALRM, lambda number, frame: calls.append(number))
os.read(r, 1)
for wait in (lambda: select.select([r], [], [], 0.3), lambda: len(selectors.EpollSelector().select(0.3)), lambda: select.poll().poll(300)):
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    start = time.monotonic()
    wait()
    print(len(calls), 0.28 < time.monotonic() - start < 2)


class Stop(Exception):
    pass


def stop(number, frame):
    raise Stop


signal.signal(signal.SIGALRM, stop)
a, b = socket.socketpair()
for wait in (lambda: select.select([r], [], []), lambda: selectors.PollSelector().select(), lambda: a.recv(1), lambda: os.read(r, 1)):
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        wait()
    except Stop:
        print("stopped")

# the byte that tells an event loop of a signal
a.setblocking(False)
signal.signal(signal.SIGUSR1, lambda *args: None)
print(signal.set_wakeup_fd(a.fileno()))
os.kill(os.getpid(), signal.SIGUSR1)
print(b.recv(10) == bytes([signal.SIGUSR1]), signal.set_wakeup_fd(-1) == a.fileno())
