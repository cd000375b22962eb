# The child of fork() has one thread; a lock that another thread held stays locked there.
import os
import threading
import time
import warnings

warnings.simplefilter('ignore', DeprecationWarning)  # of os.fork(), from 3.12 on

lock = threading.Lock()
release = threading.Event()
def hold():
    with lock:
        release.wait()
t = threading.Thread(target=hold)
t.start()
while not lock.locked():
    time.sleep(0.001)
pid = os.fork()
if pid == 0:
    print(threading.active_count(), t.is_alive(), lock.acquire(timeout=0.05), threading.current_thread().name, flush=True)
    u = threading.Thread(target=print, args=('a thread of the child',)); u.start(); u.join()
    os._exit(5)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
release.set()
t.join()
print(threading.active_count())
def forks():
    pid = os.fork()
    if pid == 0:
        print(threading.current_thread() is threading.main_thread(), threading.main_thread().is_alive(), flush=True)
        os._exit(0)
    os.waitpid(pid, 0)
t = threading.Thread(target=forks); t.start(); t.join()
