"""E01: do threads make computing faster? Counts down in one, in two and in four threads, the same work in all.
Look for: the factor is about 1.0 under a GIL, whatever the number of cores. Under --profile=py27 on two cores it is larger.
With --figures the factors are printed, of work that takes a quarter of a second in one thread."""
import sys
import threading
import time


def countdown(n):
    while n > 0:
        n -= 1


def measure(work, threads):
    begin = time.perf_counter()
    if threads == 1:
        countdown(work)
    else:
        running = [threading.Thread(target=countdown, args=(work // threads,)) for _ in range(threads)]
        for t in running:
            t.start()
        for t in running:
            t.join()
    return time.perf_counter() - begin


if '--figures' in sys.argv:
    work = 500_000
    while measure(work, 1) < 0.25:              # this also warms up
        work *= 2
    times = {1: [], 2: [], 4: []}
    for _ in range(9):                          # in turn, so that a drifting machine falls on all alike
        for threads in times:
            times[threads].append(measure(work, threads))
    best = {threads: min(t) for threads, t in times.items()}
    for threads in (2, 4):
        print(f'{threads}_threads {best[threads] / best[1]:.3f}')
else:
    for threads in (1, 2, 4):
        measure(200_000, threads)
        print('counted down in', threads, 'thread' + 's' * (threads > 1))
