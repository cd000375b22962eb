"""E37: what crosses to another process is pickled, sent, and unpickled.
Look for: to send a list away only to have it summed costs several times the sum. With chunksize 1 every call of a pool is a message there and one
back; in chunks that price is shared. A pool pays when a call takes longer than its journey."""
import multiprocessing
import pickle
import sys
import time


def timed(function, *args):
    begin = time.perf_counter()
    result = function(*args)
    return time.perf_counter() - begin, result


def main():
    n, calls = (1_000_000, 200_000) if '--figures' in sys.argv else (100_000, 5_000)
    numbers = list(range(n))
    here, total = timed(sum, numbers)
    dump, data = timed(pickle.dumps, numbers)
    load, copy = timed(pickle.loads, data)
    with multiprocessing.Pool(2) as pool:
        away, total_there = timed(pool.apply, sum, (numbers,))
        loop, plain = timed(lambda: list(map(abs, range(calls))))
        single, one = timed(pool.map, abs, range(calls), 1)
        chunked, many = timed(pool.map, abs, range(calls))
    if '--figures' in sys.argv:
        print(f'sum_ms {here * 1000:.1f}\ndump_ms {dump * 1000:.1f}\nload_ms {load * 1000:.1f}\naway_times_slower {away / here:.1f}')
        print(f'chunksize_1_s {single:.2f}\nchunks_s {chunked:.3f}\nloop_s {loop:.4f}')
        return
    print('the same sum:', total == total_there, '- the same list:', copy == numbers, '- slower there:', away > 2 * here)
    print('the same results:', plain == one == many, '- one by one is slowest:', single > 2 * chunked, '- the loop fastest:', loop < chunked)


if __name__ == '__main__':
    main()
