"""What threads share, and workers do not; what goes across: queues, locks, events, barriers; closures and lambdas."""
import threading, queue, time, sys
from collections import namedtuple
P = namedtuple('P', 'x y')
counter = 0
lock = threading.Lock()
q = queue.Queue()
results = []
square = lambda x: x * x
class Worker(threading.Thread):
    def __init__(self, n):
        super().__init__(name=f'W{n}')
        self.n = n
        self.result = None
    def run(self):
        self.result = fib(self.n)
        q.put((self.name, self.result, threading.current_thread().name))
def fib(n): return n if n < 2 else fib(n-1) + fib(n-2)
def inc(n):
    global counter
    for _ in range(n):
        with lock: counter += 1
    q.put(('inc', counter, square(3), P(1, 2)))
def add(x, ev):
    results.append(x)
    ev.wait()
    print('after event', threading.current_thread().name, results, flush=True)
def boom(): raise ValueError('in worker')
def main():
    ts = [threading.Thread(target=inc, args=(100,)) for _ in range(2)]
    [t.start() for t in ts]; [t.join() for t in ts]
    print(q.get(), q.get(), counter)
    ws = [Worker(n) for n in (10, 12)]
    [w.start() for w in ws]; print(sorted(q.get() for w in ws)); [w.join() for w in ws]
    print([w.result for w in ws], [w.is_alive() for w in ws])
    ev = threading.Event()
    t = threading.Thread(target=add, args=(5, ev), name='adder'); t.start()
    time.sleep(0.05); print('set', flush=True); ev.set(); t.join(); print(results)
    t = threading.Thread(target=boom, name='B'); t.start(); t.join()
    t = threading.Thread(target=lambda: print('lambda', square(5), flush=True)); t.start(); t.join()
    n = 7
    def nested(): print('nested', n, flush=True)
    t = threading.Thread(target=nested); t.start(); t.join()
    b = threading.Barrier(3)
    def meet(i):
        b.wait(); q.put(i)
    ts = [threading.Thread(target=meet, args=(i,)) for i in range(3)]
    [t.start() for t in ts]; print(sorted(q.get() for _ in ts)); [t.join() for t in ts]
    s = threading.Semaphore(2); c = threading.Condition()
    def cond():
        with c: c.notify_all()
    with c:
        t = threading.Thread(target=cond); t.start(); print(c.wait(2)); 
    t.join()
    t = threading.Thread(target=time.sleep, args=(60,), daemon=True); t.start()
    print(threading.active_count(), t.daemon)
main()
