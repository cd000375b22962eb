"""E03: how long is a turn? Threads note the time whenever they see that another one ran last.
Look for: with 2, 4 or 8 threads a turn is 5 ms; another interval gives other turns. Without a GIL there are no turns.
With --figures the medians are printed, in ms."""
import sys
import threading
import time


class Turns:
    def __init__(self):
        self.last = None        # who ran last
        self.begins = []
        self.is_over = False

    def spin(self, me):
        clock = time.perf_counter
        while not self.is_over:
            if self.last != me:
                self.last = me
                self.begins.append(clock())

    def median(self):
        lengths = sorted(end - begin for begin, end in zip(self.begins, self.begins[1:]))
        return lengths[len(lengths) // 2] * 1000 if lengths else 0.0


def median_turn(threads, interval, seconds):
    sys.setswitchinterval(interval)
    turns = Turns()
    running = [threading.Thread(target=turns.spin, args=(i,)) for i in range(threads)]
    for t in running:
        t.start()
    time.sleep(seconds)
    turns.is_over = True
    for t in running:
        t.join()
    return turns.median()


if '--figures' in sys.argv:
    for threads in (2, 4, 8):
        print(f'{threads}_threads_5ms {median_turn(threads, 0.005, 1):.3f}')
    print(f'interval_50ms {median_turn(2, 0.05, 1):.3f}')
    print(f'interval_2ms {median_turn(2, 0.002, 0.5):.3f}')
else:
    print('measured:', median_turn(2, 0.01, 0.3) >= 0)
