import threading
import time

def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)

c = threading.Condition()
attempt(c.wait)
attempt(c.notify)
with c:
    print(c.wait(0.01), c.wait_for(lambda: 0, 0.01), c.wait_for(lambda: 'yes'))
woken = []
ready = threading.Semaphore(0)
def waiter(i):
    with c:
        ready.release()
        c.wait()
        woken.append(i)
threads = []
for i in range(4):
    t = threading.Thread(target=waiter, args=(i,)); t.start(); threads.append(t); ready.acquire()
with c: c.notify()
threads[0].join(); print(woken)
with c: c.notify(2)
threads[1].join(); threads[2].join(); print(sorted(woken))
with c: c.notify_all()
threads[3].join(); print(sorted(woken))

s = threading.Semaphore(2)
print(s.acquire(), s.acquire(), s.acquire(False), s.acquire(timeout=0.01))
s.release(2); attempt(s.release, 0); attempt(threading.Semaphore, -1); attempt(s.acquire, False, 1)
b = threading.BoundedSemaphore(1)
attempt(b.release)
with b: print('held')

e = threading.Event()
print(e.is_set(), e.wait(0.01))
threading.Timer(0.02, e.set).start()
print(e.wait(5), e.is_set()); e.clear(); print(e.is_set())
t = threading.Timer(30, print, ['never']); t.start(); t.cancel(); t.join(); print('cancelled')

barrier = threading.Barrier(3, action=lambda: print('all here'))
numbers = []
def meet():
    numbers.append(barrier.wait())
threads = [threading.Thread(target=meet) for _ in range(3)]
for t in threads: t.start()
for t in threads: t.join()
print(sorted(numbers), barrier.parties, barrier.n_waiting, barrier.broken)
attempt(threading.Barrier(2, timeout=0.01).wait)
barrier.abort(); print(barrier.broken); attempt(barrier.wait); barrier.reset(); print(barrier.broken)
for thing, name in ((c, 'Condition'), (s, 'Semaphore'), (b, 'Bounded'), (e, 'Event'), (barrier, 'Barrier')):
    text = repr(thing)
    print(name, text.split(' at ')[0].split('(<')[0], text.split(':')[-1] if ' at ' in text and ':' in text else '')
