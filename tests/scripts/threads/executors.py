import concurrent.futures as cf
import threading
import time

def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e)

with cf.ThreadPoolExecutor(max_workers=3, thread_name_prefix='pool') as pool:
    print(list(pool.map(pow, range(5), [2] * 5)))
    f = pool.submit(divmod, 7, 2)
    print(f.result(), f.done(), f.exception(), f.cancel(), f.cancelled())
    bad = pool.submit(int, 'x')
    attempt(bad.result)
    print(repr(bad.exception()))
    gate = threading.Event()
    running = [pool.submit(gate.wait) for _ in range(3)]
    waiting = pool.submit(print, 'never')
    attempt(waiting.result, 0.01)
    print(waiting.cancel(), waiting.cancelled(), running[0].running())
    attempt(waiting.result)
    done, not_done = cf.wait(running + [waiting], timeout=0.01)
    print(len(done), len(not_done))
    gate.set()
    print(sorted(f.result() for f in cf.as_completed(running)))
    called = []
    f = pool.submit(str, 5)
    f.add_done_callback(lambda f: called.append(f.result()))
    f.result()
    f.add_done_callback(lambda f: called.append('late'))
    time.sleep(0.01)
    print(sorted(called))
    naps = [pool.submit(time.sleep, s) for s in (0.15, 0.01, 0.08)]
    print([naps.index(f) for f in cf.as_completed(naps)])
    first = cf.wait([pool.submit(time.sleep, 0.2), pool.submit(int, 'q')], return_when=cf.FIRST_EXCEPTION)
    print(len(first.done), len(first.not_done))
    attempt(cf.wait, [], return_when='sometimes')
    print(sorted(set(pool.map(lambda _: threading.current_thread().name[:4], range(6)))))
attempt(pool.submit, print)
attempt(cf.ThreadPoolExecutor, 0)
attempt(cf.ThreadPoolExecutor, initializer=1)
f = cf.Future()
f.set_result(1)
try:
    f.set_result(2)
except cf.InvalidStateError as e:
    print(str(e).split(' at ')[0])
attempt(cf.Future().set_running_or_notify_cancel)
try:
    list(cf.ThreadPoolExecutor(1).map(time.sleep, [0.3], timeout=0.01))
except TimeoutError as e:
    print('TimeoutError', e)
def initialize(value):
    local.value = value
local = threading.local()
with cf.ThreadPoolExecutor(2, initializer=initialize, initargs=(7,)) as pool:
    print(list(pool.map(lambda i: local.value + i, range(4))))
