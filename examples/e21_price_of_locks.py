"""E21: a lock cures E15 and costs time; fewer locks cost less; no sharing costs nothing.
Look for: with --figures, the time of each way as a factor of the time without a lock."""
import sys
import threading
import time

N = 200_000
lock = threading.Lock()
c = 0


def one():
    return 1


def no_lock(n):
    global c
    for _ in range(n):
        c = c + one()


def lock_each(n):
    global c
    for _ in range(n):
        with lock:
            c = c + one()


def lock_hundred(n):
    global c
    for _ in range(n // 100):
        with lock:
            for _ in range(100):
                c = c + one()


def own_sum(n):
    global c
    mine = 0
    for _ in range(n):
        mine = mine + one()
    with lock:
        c += mine


def run(work):
    global c
    c = 0
    threads = [threading.Thread(target=work, args=(N,)) for _ in range(2)]
    begin = time.perf_counter()
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return time.perf_counter() - begin


times = {}
for work in (no_lock, lock_each, lock_hundred, own_sum):
    times[work] = min(run(work) for _ in range(5))
    if '--figures' in sys.argv:
        print(f'{work.__name__} {times[work] / times[no_lock]:.2f}')
    elif work is not no_lock:
        print(work.__name__, c)
