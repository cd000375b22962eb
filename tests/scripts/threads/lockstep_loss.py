# Load, let go, store: with four threads nearly every round keeps one update of four; a lock keeps them all.
import threading
import time

c = 0
def racy():
    global c
    for _ in range(200):
        t = c
        time.sleep(0)
        c = t + 1
lock = threading.Lock()
def safe():
    global c
    for _ in range(200):
        with lock:
            t = c
            time.sleep(0)
            c = t + 1
for work in (racy, safe):
    c = 0
    threads = [threading.Thread(target=work) for _ in range(4)]
    for t in threads: t.start()
    for t in threads: t.join()
    print(work.__name__, 200 <= c < 800 if work is racy else c)
