# Pools of processes and threads: order, chunks, exceptions, time-outs, workers that come and go; ProcessPoolExecutor, workers that die.
import concurrent.futures as cf
import multiprocessing as mp
import multiprocessing.pool
import os
import time


def square(x):
    return x * x


def add(x, y=0):
    return x + y


def fail(x):
    raise ValueError('bad', x)


def get_pid(_):
    return os.getpid()


def unsendable(_):
    return lambda: 0


def die(how):
    os._exit(how)


def begin(value):
    global begun
    begun = value


def get_begun(_):
    return begun


class Odd(Exception):
    def __init__(self, a, b):
        super().__init__(f'{a}-{b}')


def odd(_):
    raise Odd(1, 2)


def refused(function, *args):
    try:
        print('given', function(*args))
    except Exception as e:
        print(type(e).__name__, str(e).split(' at 0x')[0], type(e.__cause__).__name__)


def generate(n):
    yield from range(n)
    raise KeyError('in the iterable')


def main():
    for method in 'fork', 'spawn', 'threads':
        print('--', method)
        make = mp.pool.ThreadPool if method == 'threads' else mp.get_context(method).Pool
        with make(2) as pool:
            print(pool.map(square, range(10)), pool.map(square, []), pool.map(square, iter(range(5)), 2))
            print(pool.starmap(add, [(1, 2), (3, 4)]), pool.apply(add, (1,), {'y': 5}))
            print(list(pool.imap(square, range(7))), list(pool.imap(square, range(7), 3)), sorted(pool.imap_unordered(square, range(7))))
            seen = []
            result = pool.apply_async(square, (5,), callback=seen.append)
            print(result.get(10), seen, result.ready(), result.successful())
            errors = []
            result = pool.map_async(fail, [1], error_callback=errors.append)
            result.wait()
            print(result.ready(), result.successful(), errors)
            refused(pool.map, fail, [1])
            refused(pool.apply, fail, (1,))
            refused(lambda: list(pool.imap(square, generate(3))))
            if method != 'threads':
                refused(pool.map, unsendable, [1])
                refused(pool.apply, lambda: 0)
            refused(pool.apply_async(time.sleep, (1,)).get, 0.01)
            refused(pool.imap, square, [1], 0)
            pool.close()
            refused(pool.apply, square, (1,))
            pool.join()
        refused(pool.map, square, [1])
        with make(2, begin, ('begun',)) as pool:
            print(set(pool.map(get_begun, range(6))))
    with mp.Pool(2, maxtasksperchild=1) as pool:
        print(len(set(pool.map(get_pid, range(6), 1))))
    refused(mp.Pool, 0)
    refused(mp.Pool, 1, 5)
    for method in 'fork', 'spawn', 'forkserver':
        print('-- executor', method)
        ctx = mp.get_context(method)
        with cf.ProcessPoolExecutor(2, ctx) as ex:
            print(list(ex.map(square, range(8))), list(ex.map(add, range(8), range(8), chunksize=3)), ex.submit(add, 1, y=2).result())
            refused(ex.submit(fail, 1).result)
            refused(ex.submit(unsendable, 1).result)
            refused(lambda: ex.submit(lambda: 0).result())
            done, waiting = cf.wait([ex.submit(square, i) for i in range(5)])
            print(sorted(f.result() for f in done), waiting)
            refused(lambda: list(ex.map(square, [1], chunksize=0)))
        refused(ex.submit, square, 1)
        with cf.ProcessPoolExecutor(2, ctx) as ex:
            refused(ex.submit(die, 3).result)
            refused(ex.submit, square, 1)
        with cf.ProcessPoolExecutor(2, ctx) as ex:
            refused(ex.submit(odd, 1).result)  # an exception that cannot be made again
    refused(lambda: cf.ProcessPoolExecutor(0))
    refused(lambda: cf.ProcessPoolExecutor(1, mp.get_context('fork'), max_tasks_per_child=1))
    with cf.ProcessPoolExecutor(1, initializer=begin, initargs=(4,)) as ex:
        print(ex.submit(get_begun, 0).result())
    with cf.ProcessPoolExecutor(1, max_tasks_per_child=2) as ex:
        print(len({ex.submit(get_pid, 0).result() for _ in range(4)}))


if __name__ == '__main__':
    main()
