# concurrent.futures: a pool's results, errors, order, callbacks, cancelling, shutting down
import threading
from concurrent import futures


def square(n):
    if n < 0:
        raise ValueError(f'not {n}')
    return n * n


with futures.ThreadPoolExecutor(3, 'worker') as pool:
    print(list(pool.map(square, range(6))), list(pool.map(pow, [2, 3], [5, 2])))
    good, bad = pool.submit(square, 7), pool.submit(square, -1)
    print(good.result(), repr(bad.exception()), good.exception())
    try:
        bad.result()
    except ValueError as e:
        print('raised', e)
    done, not_done = futures.wait([good, bad])
    print(len(done), len(not_done), good.done(), good.running(), good.cancelled(), good.cancel())
    print(sorted(f.result() for f in futures.as_completed(pool.submit(square, n) for n in range(5))))
    name = pool.submit(lambda: threading.current_thread().name).result()
    print(name.startswith('worker_'))
    good.add_done_callback(lambda f: print('called back', f is good))
try:
    pool.submit(square, 1)
except RuntimeError as e:
    print(e)

gate = threading.Event()
pool = futures.ThreadPoolExecutor(1)
first, second, third = pool.submit(gate.wait), pool.submit(square, 2), pool.submit(square, 3)
print(second.cancel(), second.cancelled(), second.done())
try:
    third.result(timeout=0.01)
except TimeoutError as e:
    print('timeout', repr(str(e)))
try:
    list(futures.as_completed([third], timeout=0.01))
except futures.TimeoutError as e:
    print(e)
print([len(part) for part in futures.wait([third], timeout=0.01)])
pool.shutdown(wait=False, cancel_futures=True)
gate.set()
for future in second, third:
    try:
        future.result()
    except futures.CancelledError as e:
        print('cancelled', type(e).__mro__[1].__name__)

one = futures.Future()
print(one.set_running_or_notify_cancel(), one.running(), repr(one)[-15:])
one.set_result(3)
try:
    one.set_result(4)
except futures.InvalidStateError as e:
    print(str(e)[:9])


def fails():
    raise OSError('no')


broken = futures.ThreadPoolExecutor(1, initializer=fails)
import logging
logging.getLogger('concurrent.futures').disabled = True
try:
    broken.submit(square, 1).result()
except futures.BrokenExecutor as e:
    print(type(e).__name__, e)
for args in (0,), (2, 'x', 3):
    try:
        futures.ThreadPoolExecutor(*args)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
