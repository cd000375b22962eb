"""E25: order is not guaranteed, though it looks so: start() lets the new thread run first.
Look for: without work in order, every time; with naps of different length, as they end."""
# gil: on
import threading
import time

order = []
threads = [threading.Thread(target=order.append, args=(i,)) for i in range(5)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(order)


def nap(i):
    time.sleep((5 - i) * 0.02)
    order.append(i)


order = []
threads = [threading.Thread(target=nap, args=(i,)) for i in range(5)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(order)
