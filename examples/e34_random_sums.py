"""E34: a pool of 8 sums random numbers.
Look for: no two sums are equal, as each child of a fork gets a new seed (since Python 3.7); with a seed for each task the sums are the same every time,
whichever worker gets it. Two cores are twice as fast as one, not eight times: 8 processes share them."""
import multiprocessing
import os
import random
import sys
import time

CORES = len(os.sched_getaffinity(0))


def random_sum(n):
    return sum(random.random() for _ in range(n))


def seeded_sum(task):
    seed, n = task
    numbers = random.Random(seed)
    return sum(numbers.random() for _ in range(n))


def main():
    n = 1_000_000 if '--figures' in sys.argv else 20_000
    with multiprocessing.Pool(8) as pool:
        pool.map(random_sum, [10] * 8)  # they are all there now
        begin = time.perf_counter()
        sums = pool.map(random_sum, [n] * 8, 1)
        pooled = time.perf_counter() - begin
        tasks = [(seed, n) for seed in range(8)]
        first, second = pool.map(seeded_sum, tasks, 1), pool.map(seeded_sum, tasks, 1)
    begin = time.perf_counter()
    for _ in range(8):
        random_sum(n)
    alone = time.perf_counter() - begin
    if '--figures' in sys.argv:
        print(f'speedup_of_cores {alone / pooled / min(8, CORES):.2f}')
        return
    print('sums that differ:', len(set(sums)), '- about half of each range:', all(0.45 < s / n < 0.55 for s in sums))
    print('with seeds the same twice, and as here:', first == second == [seeded_sum(task) for task in tasks])


if __name__ == '__main__':
    main()
