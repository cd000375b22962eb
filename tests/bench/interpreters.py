"""What an isolated interpreter costs (PEP 734): run by gilly alone, or by CPython 3.14. Prints medians; memory is what the process has for itself."""
import statistics
import threading
import time
from concurrent import interpreters

MANY = 30


def work(n):
    total = 0
    for i in range(n):
        total += i & 3
    return total


def nothing():
    pass


def private_kib():
    with open('/proc/self/smaps_rollup') as lines:
        return sum(int(line.split()[1]) for line in lines if line.startswith('Private_'))


def timed(call, *args):
    begin = time.perf_counter()
    call(*args)
    return time.perf_counter() - begin


def together(threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main():
    before = private_kib()
    made, create, first = [], [], []
    for _ in range(MANY):
        create.append(timed(lambda: made.append(interpreters.create())))
        first.append(timed(made[-1].exec, 'pass'))
    print(f'create             {statistics.median(create) * 1e6:8.0f} us')
    print(f'first exec         {statistics.median(first) * 1e6:8.0f} us')
    print(f'private memory     {(private_kib() - before) / MANY / 1024:8.2f} MB each')
    one, two = made[:2]
    for each in one, two:
        each.call(work, 1)
    print(f'call               {statistics.median(timed(one.call, nothing) for _ in range(2000)) * 1e6:8.1f} us')
    queue = interpreters.create_queue()
    print(f'queue put and get  {statistics.median(timed(lambda: (queue.put(1), queue.get())) for _ in range(2000)) * 1e6:8.1f} us')
    n = 5_000_000
    alone = timed(together, [threading.Thread(target=one.call, args=(work, n))])
    both = timed(together, [threading.Thread(target=each.call, args=(work, n)) for each in (one, two)])
    print(f'two against one    {2 * alone / both:8.2f} times as fast')
    print(f'close              {statistics.median(timed(each.close) for each in made) * 1e6:8.0f} us')


if __name__ == '__main__':
    main()
