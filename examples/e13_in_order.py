"""E13: fragments arrive in any order; map gives them in the order of the arguments, as_completed as they come.
Look for: the same average every time, and the time of the slowest instead of the sum."""
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

DELAYS = [0.16, 0.04, 0.12, 0.08]


def fetch(i):
    time.sleep(DELAYS[i])
    return i * 10


with ThreadPoolExecutor(4) as pool:
    print('map:         ', list(pool.map(fetch, range(4))))
    futures = {pool.submit(fetch, i): i for i in range(4)}
    print('as completed:', [future.result() for future in as_completed(futures)])
    begin = time.perf_counter()
    values = list(pool.map(fetch, range(4)))
    print('average', sum(values) / len(values), 'in', f'{time.perf_counter() - begin:.1f} s')
