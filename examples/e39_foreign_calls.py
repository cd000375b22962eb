"""E39: a foreign call through CDLL lets the GIL go, one through PyDLL keeps it.

Two threads call the same C function, usleep(0.2 s). Through CDLL both sleep at once; through PyDLL the second call begins when the
first is over. A callback takes the GIL back for as long as it runs. Compare --gil=off: there is nothing to let go, both overlap.
"""
import ctypes
import sys
import threading
import time

has_gil = getattr(sys, "_is_gil_enabled", lambda: True)()


def seconds_of_two(function):
    threads = [threading.Thread(target=function, args=(200_000,)) for _ in range(2)]
    start = time.perf_counter()
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return time.perf_counter() - start


print("CDLL: side by side", seconds_of_two(ctypes.CDLL(None).usleep) < 0.38)
print("PyDLL: one after the other", (seconds_of_two(ctypes.PyDLL(None).usleep) > 0.38) == has_gil)


@ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_int))
def compare(a, b):
    return a[0] - b[0]  # Python, called by C, with the GIL


numbers = (ctypes.c_int * 6)(5, 2, 9, -1, 7, 0)
ctypes.CDLL(None).qsort(numbers, len(numbers), ctypes.sizeof(ctypes.c_int), compare)
print("qsort with a callback:", *numbers)
