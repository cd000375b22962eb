"""E31: running, ready, blocked: one thread computes, two sleep, one waits for a lock.
Look for: `gilly --stats e31_states.py` and `--trace=states.html`: a colour a state, and the times of a thread add up to its life."""
import threading
import time

lock = threading.Lock()


def compute():
    n = 2_000_000
    while n:
        n -= 1


def io():
    for _ in range(5):
        time.sleep(0.01)


def waits_for_lock():
    with lock:
        pass


threads = [threading.Thread(target=compute, name='computes'), threading.Thread(target=io, name='sleeps 1'), threading.Thread(target=io, name='sleeps 2'),
           threading.Thread(target=waits_for_lock, name='waits')]
with lock:
    for t in threads:
        t.start()
    time.sleep(0.03)
for t in threads:
    t.join()
print('done')
