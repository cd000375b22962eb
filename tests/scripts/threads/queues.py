import queue
import threading

def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as e:
        print(type(e).__module__, type(e).__name__, e)

q = queue.Queue(2)
q.put(1); q.put(2)
print(q.qsize(), q.full(), q.empty())
attempt(q.put_nowait, 3); attempt(q.put, 3, timeout=0.01); attempt(q.put, 3, timeout=-1)
print(q.get(), q.get())
attempt(q.get_nowait); attempt(q.get, timeout=0.01); attempt(q.get, timeout=-1)
q.task_done(); q.task_done(); attempt(q.task_done)
q.join()
l = queue.LifoQueue(); [l.put(i) for i in range(3)]; print([l.get() for _ in range(3)])
p = queue.PriorityQueue(); [p.put(i) for i in (3, 1, 2)]; print([p.get() for _ in range(3)])
s = queue.SimpleQueue(); s.put('a'); s.put('b'); print(s.qsize(), s.get(), s.get(), s.empty()); attempt(s.get, False); attempt(s.get, timeout=0.01)
print(queue.Queue[int], queue.Empty.__module__, issubclass(queue.Full, Exception))

work, done = queue.Queue(3), []
lock = threading.Lock()
def worker():
    while (item := work.get()) is not None:
        with lock:
            done.append(item * item)
        work.task_done()
    work.task_done()
threads = [threading.Thread(target=worker) for _ in range(3)]
for t in threads: t.start()
for i in range(50): work.put(i)
for _ in threads: work.put(None)
work.join()
for t in threads: t.join()
print(sorted(done) == [i * i for i in range(50)], work.unfinished_tasks)
