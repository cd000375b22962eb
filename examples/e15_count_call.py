"""E15: c = c + one() in two threads: the call stands between load and store.
Look for: updates are lost under every profile, in few big steps. With --figures: per cent lost in 20 runs, and in how many of them."""
import sys
import threading

N = 400_000
c = 0


def one():
    return 1


def work():
    global c
    for _ in range(N):
        c = c + one()


def run():
    global c
    c = 0
    threads = [threading.Thread(target=work) for _ in range(2)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return 100 - 50 * c / N


lost = [run() for _ in range(20)]
if '--figures' in sys.argv:
    print(f'mean_lost_percent {sum(lost) / len(lost):.1f}\nruns_that_lost {sum(x > 0 for x in lost)}')
else:
    print('some run of 20 lost updates:', max(lost) > 0)
