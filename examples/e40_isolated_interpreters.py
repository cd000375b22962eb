"""E40: isolated interpreters.
Look for: the same work on two threads, first in one interpreter, then in two with a lock each: only the second is quicker. Each interpreter has its own
global `counter`; a list that is passed is a copy, a memoryview is the same memory. (CPython has concurrent.interpreters since 3.14.)"""
# python: 3.14
import sys
import threading
import time
from concurrent import interpreters

N = 4_000_000 if '--figures' in sys.argv else 100_000
counter = 0


def work(n):
    total = 0
    for i in range(n):
        total += i & 3
    return total


def count():
    global counter
    counter += 1
    return counter


def grow(items, view):
    items.append('mine')
    view[0] += 1
    return len(items)


def timed(threads):
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begin


def main():
    two = [interpreters.create() for _ in range(2)]
    for one in two:
        one.call(work, 1)
    one_after_another = timed([threading.Thread(target=lambda: (work(N), work(N)))])
    shared_lock = timed([threading.Thread(target=work, args=(N,)) for _ in two])
    own_locks = timed([threading.Thread(target=one.call, args=(work, N)) for one in two])
    if '--figures' in sys.argv:
        print(f'shared_gil {shared_lock / one_after_another:.2f}\nown_gil {own_locks / one_after_another:.2f}')
    else:
        print('counters there:', two[0].call(count), two[0].call(count), two[1].call(count), '- here:', counter)
        items, data = ['a', 'b'], bytearray(1)
        print('lengths there:', [one.call(grow, items, memoryview(data)) for one in two], '- here:', len(items), '- shared byte:', data[0])
    for one in two:
        one.close()


if __name__ == '__main__':
    main()
