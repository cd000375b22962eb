# SIGINT reaches only the main thread, out of any wait; a worker never sees it.
import os
import queue
import signal
import threading
import time

seen_by_worker = []
def spin():
    try:
        while not stop.is_set():
            time.sleep(0.001)
    except BaseException as e:
        seen_by_worker.append(e)
stop = threading.Event()
worker = threading.Thread(target=spin)
worker.start()
def poke():
    time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGINT)
lock = threading.Lock(); lock.acquire()
rlock_held = threading.Condition()
waits = {'sleep': lambda: time.sleep(30), 'lock': lock.acquire, 'lock timeout': lambda: lock.acquire(timeout=30), 'join': worker.join,
         'queue': queue.Queue().get, 'event': threading.Event().wait, 'pipe': lambda: os.read(os.pipe()[0], 1),
         'loop': lambda: [0 for _ in iter(int, 1)]}
for name, wait in waits.items():
    threading.Thread(target=poke).start()
    try:
        wait()
        print(name, 'ended by itself')
    except KeyboardInterrupt:
        print(name, 'interrupted')
stop.set()
worker.join()
print(seen_by_worker)
# a handler that does not raise: the wait goes on (PEP 475)
hits = []
signal.signal(signal.SIGUSR1, lambda n, f: hits.append(threading.current_thread().name))
def poke_twice():
    for _ in range(2):
        time.sleep(0.02)
        os.kill(os.getpid(), signal.SIGUSR1)
threading.Thread(target=poke_twice).start()
begin = time.monotonic()
time.sleep(0.1)
print(time.monotonic() - begin >= 0.1, hits)
print(lock.acquire(timeout=0.01), threading.Lock().acquire())
