"""What a thread has dropped ends before it waits for others, whatever held it: a peer that waits for that end is not kept waiting."""
import gc
import queue
import select
import socket
import threading
import time
import weakref


class Holder:
    def __init__(self, what):
        self.what = what


SHAPES = {
    "bare": lambda s: s,
    "list": lambda s: [s],
    "object": lambda s: Holder(s),
    "nested": lambda s: {"key": [(Holder(s), 1)]},
    "much": lambda s: [list(range(100)) for _ in range(50)] + [Holder([s])],
}


def wait_on_event(ended, readable):
    ended.wait(20)


def wait_in_sleep(ended, readable):
    time.sleep(0.02)
    ended.wait(20)


def wait_in_select(ended, readable):
    select.select([readable], [], [], 20)


def wait_in_recv(ended, readable):
    readable.recv(1)


def drop_and_wait(shape, wait):
    mine, other = socket.socketpair()
    readable, writable = socket.socketpair()
    ended, seen = threading.Event(), []

    def peer():
        other.settimeout(15)
        try:
            seen.append(other.recv(10))
        except TimeoutError:
            seen.append("kept waiting")
        writable.send(b"x")
        ended.set()

    thread = threading.Thread(target=peer)
    thread.start()
    held = SHAPES[shape](mine)
    del mine, held
    wait(ended, readable)
    thread.join()
    for each in (other, readable, writable):
        each.close()
    return seen[0]


import warnings
warnings.simplefilter("ignore", ResourceWarning)
for shape in SHAPES:
    for wait in (wait_on_event, wait_in_sleep, wait_in_select, wait_in_recv):
        print(shape, wait.__name__, {drop_and_wait(shape, wait) for _ in range(3)})

# beside threads that wait for work: objects that went through their hands
tasks, answers = queue.SimpleQueue(), queue.SimpleQueue()


def worker():
    while (item := tasks.get()) is not None:
        answers.put(1)
        del item


workers = [threading.Thread(target=worker) for _ in range(3)]
for thread in workers:
    thread.start()
items = [Holder(i) for i in range(20)]
references = [weakref.ref(item) for item in items]
for item in items:
    tasks.put(item)
for _ in range(20):
    answers.get()
del items, item
time.sleep(0.05)
gc.collect()
print([reference() is None for reference in references].count(True))
for _ in workers:
    tasks.put(None)
for thread in workers:
    thread.join()
