"""E07: the GIL is let go while a thread waits. Four naps of 0.2 s, one after the other and in four threads.
Look for: 0.8 s against 0.2 s. One core is enough."""
import sys
import threading
import time


def seconds(work):
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def one_after_the_other():
    for _ in range(4):
        time.sleep(0.2)


def in_threads():
    threads = [threading.Thread(target=time.sleep, args=(0.2,)) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


a, b = seconds(one_after_the_other), seconds(in_threads)
if '--figures' in sys.argv:
    print(f'sequential {a:.3f}\nthreads {b:.3f}')
else:
    print(f'one after the other {a:.1f} s, in threads {b:.1f} s')
