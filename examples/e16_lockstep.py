"""E16: load, let go, store, in four threads.
Look for: of 4000 updates about 1000 are left: all four load the same number and store the same number. A lock keeps all."""
import sys
import threading
import time

lock = threading.Lock()
c = 0


def racy():
    global c
    for _ in range(1000):
        t = c
        time.sleep(0)
        c = t + 1


def safe():
    global c
    for _ in range(1000):
        with lock:
            t = c
            time.sleep(0)
            c = t + 1


def left(work):
    global c
    c = 0
    threads = [threading.Thread(target=work) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return c


a, b = left(racy), left(safe)
print(f'racy {a}\nsafe {b}' if '--figures' in sys.argv else f'without a lock about 1000: {1000 <= a < 2000}; with a lock {b}')
