# C code that calls Python: qsort, exceptions in callbacks, structures by value, threads that C has started.
from ctypes import *
import sys
import threading

libc = CDLL("libc.so.6")
compare_type = CFUNCTYPE(c_int, POINTER(c_int), POINTER(c_int))
calls = 0


@compare_type
def compare(a, b):
    global calls
    calls += 1
    return a[0] - b[0]


values = (c_int * 8)(5, 3, 9, 1, -4, 7, 7, 0)
libc.qsort(values, len(values), sizeof(c_int), compare)
print(list(values), calls > 7, compare(byref(c_int(3)), byref(c_int(5))))

py_compare = PYFUNCTYPE(c_int, POINTER(c_int), POINTER(c_int))(lambda a, b: b.contents.value - a.contents.value)
PyDLL("libc.so.6").qsort(values, len(values), sizeof(c_int), py_compare)
print(list(values))

# every kind of argument and result
for cls, value in ((c_byte, -5), (c_ushort, 65535), (c_int, -7), (c_long, -2**40), (c_ulong, 2**64 - 1), (c_float, 1.5), (c_double, 0.1), (c_char, b"x"), (c_bool, True),
                   (c_wchar, "é"), (c_void_p, 1234)):
    echo = CFUNCTYPE(cls, cls)(lambda x: x)
    print(cls.__name__, echo(value))
print(CFUNCTYPE(c_double, *[c_double] * 12)(lambda *a: sum(a))(*range(12)))
print(CFUNCTYPE(None)(lambda: None)())
print(CFUNCTYPE(c_int, py_object)(lambda x: len(x))([1, 2, 3]))


class Point(Structure):
    _fields_ = [("x", c_double), ("y", c_int)]


print(CFUNCTYPE(c_double, Point)(lambda p: p.x * p.y)(Point(1.5, 4)))


class Division(Structure):
    _fields_ = [("quotient", c_int), ("rest", c_int)]


libc.div.restype = Division
d = libc.div(17, 5)
print(d.quotient, d.rest)

# an exception cannot go through C: it is told, and C gets 0
messages = []
sys.unraisablehook = lambda u: messages.append((u.exc_type.__name__, str(u.exc_value), u.err_msg))


def fails(a):
    raise ValueError("from a callback")


CFUNCTYPE(c_int, c_int)(fails)(1)
print(messages)
messages.clear()
CFUNCTYPE(c_int)(lambda: "no int")()
print(messages)
sys.unraisablehook = sys.__unraisablehook__
try:
    CFUNCTYPE(Point)(lambda: None)
except TypeError as e:
    print("TypeError", e)

# a callback of a thread of ours, and of one that C code has started
seen = []
thread_main = CFUNCTYPE(c_void_p, c_void_p)(lambda arg: seen.append((arg, threading.current_thread() is threading.main_thread())))
worker = threading.Thread(target=lambda: thread_main(5))
worker.start()
worker.join()
ident = c_ulong()
pthread = CDLL(None)
for i in range(3):
    assert pthread.pthread_create(byref(ident), None, thread_main, c_void_p(10 + i)) == 0
    assert pthread.pthread_join(ident, None) == 0
print(seen)

# a callback that calls C that calls back
depth = 0


@CFUNCTYPE(c_int, c_int)
def down(n):
    return 0 if n == 0 else 1 + down(n - 1)


print(down(50))
