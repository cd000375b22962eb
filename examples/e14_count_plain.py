"""E14: c += 1 in two threads.
Look for: exact in CPython since 3.10 and under the default profile; --profile=py39 and py27 lose updates. With --figures: per cent lost."""
# gil: on
import sys
import threading

N = 1_000_000
c = 0


def work():
    global c
    for _ in range(N):
        c += 1


threads = [threading.Thread(target=work) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(f'lost_percent {100 - 50 * c / N:.2f}' if '--figures' in sys.argv else f'{2 * N - c} updates lost')
