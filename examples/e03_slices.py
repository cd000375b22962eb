"""E03: how long is a turn? Threads that only look at the clock note how long they were held up.
Look for: with N threads each waits (N - 1) turns of 5 ms; another interval gives other turns.
With --figures the medians are printed, in ms, divided by N - 1."""
import sys
import threading
import time


def watch(until, gaps):
    last = time.perf_counter()
    while last < until:
        now = time.perf_counter()
        if now - last > 0.0007:
            gaps.append((now - last) * 1000)
        last = now


def median_turn(threads, interval, seconds):
    sys.setswitchinterval(interval)
    until = time.perf_counter() + seconds
    gaps = [[] for _ in range(threads)]
    running = [threading.Thread(target=watch, args=(until, g)) for g in gaps]
    for t in running:
        t.start()
    for t in running:
        t.join()
    all_gaps = sorted(g for own in gaps for g in own)
    return all_gaps[len(all_gaps) // 2] / (threads - 1) if all_gaps else 0.0


if '--figures' in sys.argv:
    for threads in (2, 4, 8):
        print(f'{threads}_threads_5ms {median_turn(threads, 0.005, 1):.3f}')
    print(f'interval_50ms {median_turn(2, 0.05, 1):.3f}')
    print(f'interval_2ms {median_turn(2, 0.002, 0.5):.3f}')
else:
    print('measured:', median_turn(2, 0.01, 0.3) >= 0)
