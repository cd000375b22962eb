"""Interpreters made, called, and ended by many threads at once; threads of their own inside; a memoryview that all write to."""
import gc
import threading
from concurrent import interpreters
from concurrent.futures import InterpreterPoolExecutor


def fill(view, start, step):
    for i in range(start, len(view), step):
        view[i] = (view[i] + 1) % 256
    return start


def inner_threads(n):
    import threading
    found = []
    threads = [threading.Thread(target=found.append, args=(i,)) for i in range(n)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return sorted(found)


def again_and_again(results, k):
    for i in range(10):
        interpreter = interpreters.create()
        results.append(interpreter.call(sum, range(k * 10 + i)))
        interpreter.exec('import gc, threading; x = [[] for _ in range(100)]; x.append(x)')
        interpreter.close()


def failing(x):
    if x % 3 == 0:
        raise ValueError(x)
    return x


if __name__ == '__main__':
    results = []
    threads = [threading.Thread(target=again_and_again, args=(results, k)) for k in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print(sorted(results) == sorted(sum(range(k * 10 + i)) for k in range(4) for i in range(10)), len(interpreters.list_all()))

    data = bytearray(4096)
    four = [interpreters.create() for _ in range(4)]
    threads = [one.call_in_thread(fill, memoryview(data), i, 4) for i, one in enumerate(four)]
    for t in threads:
        t.join()
    print(set(data))
    print([one.call(inner_threads, 5) for one in four[:2]])

    # a ring of queues
    queues = [interpreters.create_queue(2) for _ in four]

    def pass_on(come, go, n):
        for _ in range(n):
            go.put(come.get() + 1)

    threads = [one.call_in_thread(pass_on, queues[i], queues[(i + 1) % 4], 50) for i, one in enumerate(four)]
    queues[0].put(0)
    for t in threads:
        t.join()
    print(queues[0].get())

    with InterpreterPoolExecutor(3) as pool:
        futures = [pool.submit(failing, x) for x in range(12)]
        print([str(f.exception()) if f.exception() else f.result() for f in futures])
        print(list(pool.map(pow, range(6), [2] * 6)), sum(pool.map(len, ['ab'] * 20)))
    print(len(interpreters.list_all()))
    for one in four:
        one.close()
    gc.collect()
    print(interpreters.list_all())
