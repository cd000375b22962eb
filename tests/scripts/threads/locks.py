import threading
import time

def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e)

lock = threading.Lock()
print(lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(timeout=0.01), lock.acquire(blocking=False))
lock.release()
attempt(lock.release)
attempt(lock.acquire, False, 1)
attempt(lock.acquire, True, -2)
attempt(lock.acquire, True, float('nan'))
attempt(lock.acquire, True, 1e20)
attempt(lock.acquire, 'x', timeout='y')
with lock as got:
    print(got, lock.locked())
print(repr(lock).split(' object')[0])

r = threading.RLock()
print(r.acquire(), r.acquire(), r._is_owned())
r.release(); r.release()
attempt(r.release)
taken = []
def other():
    taken.append(r.acquire(timeout=0.02))
with r:
    t = threading.Thread(target=other); t.start(); t.join()
print(taken)
def releases_others():
    attempt(r.release)
with r:
    t = threading.Thread(target=releases_others); t.start(); t.join()

# a lock may be let go by another thread
lock.acquire()
t = threading.Thread(target=lock.release); t.start(); t.join()
print(lock.locked())
# who waits longest is served first
order, ready = [], threading.Semaphore(0)
lock.acquire()
def wait_in_line(i):
    ready.release()
    with lock:
        order.append(i)
threads = []
for i in range(4):
    t = threading.Thread(target=wait_in_line, args=(i,)); t.start(); threads.append(t)
    ready.acquire()
    time.sleep(0.02)
lock.release()
for t in threads: t.join()
print(order)
begin = time.monotonic()
lock.acquire(); print(lock.acquire(timeout=0.05)); took = time.monotonic() - begin
print(0.05 <= took < 1)
