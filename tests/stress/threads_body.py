"""One stress run: a random mix of threads that lock, queue, read, write, raise and exit; every result is checked at the end.
threads_body.py SEED. The last line printed is "checked", or an assertion tells what was lost. Runs under python3 too."""
import gc
import os
import queue
import random
import sys
import tempfile
import threading
import time
import weakref
from concurrent.futures import ThreadPoolExecutor

seed = int(sys.argv[1])
rng = random.Random(seed)
lock, rlock = threading.Lock(), threading.RLock()
condition, semaphore = threading.Condition(), threading.Semaphore(3)
local = threading.local()
totals = {'lock': 0, 'rlock': 0, 'semaphore': 0}
wanted = {'lock': 0, 'rlock': 0, 'semaphore': 0}
sent, received = [], []
work = queue.Queue(8)
raised, wanted_raised = [], []
shared_list, wanted_list = [], 0
shared_dict = {}
inside = [0]
folder = tempfile.mkdtemp()


def hook(args):
    raised.append(args.exc_type)


threading.excepthook = hook


def count_with_lock(n):
    for _ in range(n):
        with lock:
            v = totals['lock']
            if n % 7 == 0:
                time.sleep(0)
            totals['lock'] = v + 1


def count_with_rlock(n):
    def inner():
        with rlock:
            totals['rlock'] += 1
    for _ in range(n):
        with rlock:
            v = totals['rlock']
            inner()
            assert totals['rlock'] == v + 1


def enter_semaphore(n):
    for _ in range(n):
        with semaphore:
            with lock:
                inside[0] += 1
                assert inside[0] <= 3, 'too many inside'
            if n % 3 == 0:
                time.sleep(0.0001)
            with lock:
                inside[0] -= 1
                totals['semaphore'] += 1


def produce(n):
    for i in range(n):
        item = (threading.get_ident(), i)
        work.put(item)
        with lock:
            sent.append(item)


def consume():
    while (item := work.get()) is not None:
        received.append(item)


def append(n):
    for i in range(n):
        shared_list.append(i)
        shared_dict[threading.get_ident(), i] = i


def raises():
    local.x = [local]
    raise ValueError('as wanted')


def leaves():
    sys.exit(1)


def files(n):
    path = os.path.join(folder, f'{threading.get_ident()}')
    with open(path, 'w') as f:
        for i in range(n):
            f.write(f'{i}\n')
    with open(path) as f:
        assert [int(line) for line in f] == list(range(n))


def pipes(n):
    r, w = os.pipe()
    def writer():
        for i in range(n):
            os.write(w, b'%4d' % i)
        os.close(w)
    t = threading.Thread(target=writer)
    t.start()
    got = b''
    while data := os.read(r, 1000):
        got += data
    t.join()
    os.close(r)
    assert got == b''.join(b'%4d' % i for i in range(n))


def garbage(n):
    class Node:
        pass
    refs = []
    for i in range(n):
        a, b = Node(), Node()
        a.other, b.other = b, a
        if i % 50 == 0:
            refs.append(weakref.ref(a))
    del a, b
    if n % 5 == 0:
        for _ in range(1000):
            gc.collect() # does nothing while another thread collects
            if all(r() is None for r in refs):
                break
            time.sleep(0.001)
        assert all(r() is None for r in refs)


def generator_turns(n):
    def g():
        for i in range(n):
            yield i
    assert sum(g()) == n * (n - 1) // 2


def pool(n):
    with ThreadPoolExecutor(3) as executor:
        assert list(executor.map(lambda x: x * x, range(n))) == [x * x for x in range(n)]


def timers(n):
    fired = []
    ts = [threading.Timer(0.0005, fired.append, [i]) for i in range(n)]
    for t in ts:
        t.start()
    for t in ts[::2]:
        t.cancel()
    for t in ts:
        t.join()
    assert len(fired) <= n


def barrier(n):
    b = threading.Barrier(n)
    numbers = []
    ts = [threading.Thread(target=lambda: numbers.append(b.wait())) for _ in range(n)]
    for t in ts:
        t.start()
    for t in ts:
        t.join()
    assert sorted(numbers) == list(range(n))


def nest(n, depth):
    if depth == 0:
        return
    ts = [threading.Thread(target=nest, args=(n, depth - 1)) for _ in range(2)]
    for t in ts:
        t.start()
    for t in ts:
        t.join()


def daemon():
    local.d = object()
    while True:
        time.sleep(0.001)


threads, producers = [], []
consumers = [threading.Thread(target=consume) for _ in range(rng.randint(1, 3))]
for t in consumers:
    t.start()
for _ in range(rng.randint(5, 25)):
    kind = rng.randrange(16)
    n = rng.randint(1, 400)
    if kind == 0: t = threading.Thread(target=count_with_lock, args=(n,)); wanted['lock'] += n
    elif kind == 1: t = threading.Thread(target=count_with_rlock, args=(n,)); wanted['rlock'] += n
    elif kind == 2: t = threading.Thread(target=enter_semaphore, args=(n,)); wanted['semaphore'] += n
    elif kind == 3: t = threading.Thread(target=produce, args=(n,)); producers.append(t)
    elif kind == 4: t = threading.Thread(target=append, args=(n * 20,)); wanted_list += n * 20
    elif kind == 5: t = threading.Thread(target=raises); wanted_raised.append(ValueError)
    elif kind == 6: t = threading.Thread(target=leaves); wanted_raised.append(SystemExit)
    elif kind == 7: t = threading.Thread(target=files, args=(n,))
    elif kind == 8: t = threading.Thread(target=pipes, args=(n,))
    elif kind == 9: t = threading.Thread(target=garbage, args=(n,))
    elif kind == 10: t = threading.Thread(target=generator_turns, args=(n * 30,))
    elif kind == 11: t = threading.Thread(target=pool, args=(n % 40,))
    elif kind == 12: t = threading.Thread(target=timers, args=(n % 8,))
    elif kind == 13: t = threading.Thread(target=barrier, args=(n % 6 + 1,))
    elif kind == 14: t = threading.Thread(target=nest, args=(n, n % 4))
    else: t = threading.Thread(target=daemon, daemon=True)
    t.start()
    if not t.daemon:
        threads.append(t)
    if rng.random() < 0.2:
        time.sleep(0.001)
for t in threads:
    t.join()
for _ in consumers:
    work.put(None)
for t in consumers:
    t.join()
assert totals['lock'] == wanted['lock'], (totals, wanted)
assert totals['rlock'] == wanted['rlock'], (totals, wanted)
assert totals['semaphore'] == wanted['semaphore'], (totals, wanted)
assert sorted(sent) == sorted(received), (len(sent), len(received))
assert sorted(raised, key=str) == sorted(wanted_raised, key=str), (raised, wanted_raised)
assert len(shared_list) == wanted_list == len(shared_dict) or len(shared_list) == wanted_list, (len(shared_list), wanted_list)
for name in os.listdir(folder):
    os.unlink(os.path.join(folder, name))
os.rmdir(folder)
gc.collect()
print('checked')
