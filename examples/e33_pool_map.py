"""E33: Pool.map(square, range(10)).
Look for: the results stand in the order of the arguments, whoever computed them; imap_unordered gives them as they come. For ten tiny calls a pool is
a hundred times slower than a loop: it has to start two processes, and to send each call there and its result back."""
import multiprocessing
import sys
import time


def square(x):
    return x * x


def main():
    begin = time.perf_counter()
    plain = [square(x) for x in range(10)]
    loop = time.perf_counter() - begin
    begin = time.perf_counter()
    with multiprocessing.Pool(2) as pool:
        in_order = pool.map(square, range(10))
        as_they_come = list(pool.imap_unordered(square, range(10)))
    pooled = time.perf_counter() - begin
    if '--figures' in sys.argv:
        print(f'times_slower {pooled / loop:.0f}')
        return
    print(in_order)
    print('in order:', in_order == plain, '- as they come, sorted:', sorted(as_they_come) == plain)
    print('slower than the loop:', pooled > 10 * loop)


if __name__ == '__main__':
    main()
