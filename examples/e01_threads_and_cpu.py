"""E01: do threads make computing faster? Counts down twice, one after the other, then in two and in four threads.
Look for: the factor is about 1.0 under a GIL, whatever the number of cores. Under --profile=py27 on two cores it is larger.
With --figures the factors are printed."""
import sys
import threading
import time

N = 1_000_000


def countdown(n):
    while n > 0:
        n -= 1


def measure(threads):
    begin = time.perf_counter()
    if threads == 1:
        countdown(N)
    else:
        running = [threading.Thread(target=countdown, args=(N // threads,)) for _ in range(threads)]
        for t in running:
            t.start()
        for t in running:
            t.join()
    return time.perf_counter() - begin


best = {threads: min(measure(threads) for _ in range(7)) for threads in (1, 2, 4)}
if '--figures' in sys.argv:
    for threads in (2, 4):
        print(f'{threads}_threads {best[threads] / best[1]:.3f}')
else:
    print('measured with 1, 2 and 4 threads; --figures prints the factors')
