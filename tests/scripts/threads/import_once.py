# Two threads that import one module: its body runs once, and nobody sees it half made.
import os
import sys
import threading

with open('slow_module.py', 'w') as f:
    f.write('import time, threading\nruns = getattr(threading, "runs", 0) + 1\nthreading.runs = runs\ntime.sleep(0.05)\nready = True\n')
sys.path.insert(0, os.getcwd())
seen = []
def use():
    import slow_module
    seen.append((slow_module.ready, slow_module.runs))
threads = [threading.Thread(target=use) for _ in range(4)]
for t in threads: t.start()
for t in threads: t.join()
print(seen)
