# What select, poll and epoll say of arguments that are none.
import select


def tell(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)


p = select.poll()
for timeout in ("x", [], 1.5, 2**40, 2**100):
    tell(p.poll, timeout)
for args in (("x",), (0, "x"), (0, -1), (0, 1 << 20), (-1,), (None,)):
    tell(p.register, *args)
tell(p.unregister, 99)
tell(p.modify, 99, 1)

e = select.epoll()
for args in (("x",), (0, "x"), (0, 0), (0, -2), (0, -1), (0,)):
    tell(e.poll, *args)
for f in (e.register, e.unregister):
    for fd in (-1, "x", 9999):
        tell(f, fd)
tell(e.modify, 9999, 1)
e.close()
tell(e.poll, 0)
tell(e.fileno)
print(e.closed)
for args in ((-2,), (0,), (10, 5)):
    tell(select.epoll, *args)

for args in (([], [], [], "x"), ([], [], [], -1), (["x"], [], [], 0), ([999], [], [], 0), ([-1], [], [], 0), (5, [], [], 0), ([5000], [], [], 0), ([], [], [], 1e30), ([], []), ([], [], [], 0)):
    tell(select.select, *args)
