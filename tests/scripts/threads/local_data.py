import gc
import threading
import weakref

data = threading.local()
data.x = 'main'
results = []
def worker(n):
    before = hasattr(data, 'x')
    data.x = n
    results.append((before, data.x, sorted(data.__dict__)))
threads = [threading.Thread(target=worker, args=(i,)) for i in range(4)]
for t in threads: t.start(); t.join()
print(results, data.x)
try:
    data.nothing
except AttributeError as e:
    print(e)
del data.x
print(hasattr(data, 'x'))
try:
    del data.x
except AttributeError as e:
    print(type(e).__name__)
try:
    data.__dict__ = {}
except AttributeError as e:
    print(e)
try:
    threading.local(1)
except TypeError as e:
    print(e)

class Counter(threading.local):
    shared = []
    def __init__(self, start, *, step=1):
        self.n = start
        self.step = step
        self.shared.append(threading.current_thread() is threading.main_thread())
    def next(self):
        self.n += self.step
        return self.n
    @property
    def double(self):
        return self.n * 2
c = Counter(10, step=5)
print(c.next(), c.next(), c.double)
def other():
    print(c.next(), c.double, c.__dict__)
t = threading.Thread(target=other); t.start(); t.join()
print(c.next(), Counter.shared)

# what a thread kept dies with it; a circle through the object is collected
class Thing: pass
def keep():
    data.thing = Thing()
    refs.append(weakref.ref(data.thing))
refs = []
t = threading.Thread(target=keep); t.start(); t.join()
gc.collect()
print(refs[0]() is None)
l = threading.local(); l.me = Thing(); l.me.local = l; ref = weakref.ref(l.me)
del l
gc.collect()
print(ref() is None)
