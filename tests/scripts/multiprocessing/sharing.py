# Locks, semaphores, conditions, events, barriers, values, arrays and shared memory between processes.
import ctypes
import multiprocessing as mp
import os
import pickle
import time
from multiprocessing import shared_memory


class Point(ctypes.Structure):
    _fields_ = [('x', ctypes.c_int), ('y', ctypes.c_double)]


def add(value, array, times):
    for _ in range(times):
        with value.get_lock():
            value.value += 1
    with array.get_lock():
        for i in range(len(array)):
            array[i] *= 2


def meet(barrier, q):
    q.put(barrier.wait() >= 0)


def await_event(event, q):
    q.put(event.wait(10))


def sleeper(condition, q):
    with condition:
        q.put('asleep')
        q.put(condition.wait(10))


def fill(name):
    block = shared_memory.SharedMemory(name)
    block.buf[:5] = b'child'
    block.close()


def refused(function, *args):
    try:
        function(*args)
    except Exception as e:
        print(type(e).__name__, e)


def main():
    for method in 'fork', 'spawn':
        ctx = mp.get_context(method)
        print('--', method)
        value, array = ctx.Value('i', 0), ctx.Array('d', [1, 2, 3])
        workers = [ctx.Process(target=add, args=(value, array, 500)) for _ in range(3)]
        for w in workers:
            w.start()
        for w in workers:
            w.join()
        print(value.value, array[:], len(array))
        barrier, q = ctx.Barrier(3), ctx.SimpleQueue()
        workers = [ctx.Process(target=meet, args=(barrier, q)) for _ in range(2)]
        for w in workers:
            w.start()
        print(barrier.wait() >= 0, q.get(), q.get(), barrier.broken, barrier.parties, barrier.n_waiting)
        for w in workers:
            w.join()
        event = ctx.Event()
        w = ctx.Process(target=await_event, args=(event, q))
        w.start()
        print(event.is_set(), event.wait(0.01))
        event.set()
        print(q.get(), event.is_set())
        event.clear()
        print(event.is_set())
        w.join()
        condition = ctx.Condition()
        workers = [ctx.Process(target=sleeper, args=(condition, q)) for _ in range(2)]
        for w in workers:
            w.start()
        print(q.get(), q.get())
        with condition:
            condition.notify_all()
        print(q.get(), q.get())
        for w in workers:
            w.join()
        block = shared_memory.SharedMemory(create=True, size=100)
        w = ctx.Process(target=fill, args=(block.name,))
        w.start()
        w.join()
        print(bytes(block.buf[:6]), block.size >= 100)
        block.close()
        block.unlink()
        refused(shared_memory.SharedMemory, 'no-such-block')

    lock = mp.Lock()
    print(lock.acquire(), lock.acquire(False), lock.acquire(timeout=0.01), lock)
    lock.release()
    refused(lock.release)
    print(lock)
    rlock = mp.RLock()
    print(rlock.acquire(), rlock.acquire(), rlock)
    rlock.release()
    rlock.release()
    refused(rlock.release)
    semaphore = mp.BoundedSemaphore(2)
    print(semaphore, semaphore.acquire(), semaphore.get_value())
    semaphore.release()
    refused(semaphore.release)
    refused(pickle.dumps, lock)
    refused(mp.Condition().notify)
    refused(mp.Condition().wait)
    barrier = mp.Barrier(2)
    refused(barrier.wait, 0.01)
    print(barrier.broken)
    barrier.reset()
    print(barrier.broken)
    point = mp.Value(Point, 1, 2.5)
    print(point.x, point.y)
    point.x += 4
    print(point.x, point.get_obj().x)
    raw = mp.RawArray('h', 4)
    raw[1] = -5
    print(list(raw), mp.RawValue('d', 2.5).value)
    letters = mp.Array('c', b'hello')
    letters.value = b'bye'
    print(letters.value, letters.raw, letters[0])
    shared = shared_memory.ShareableList([1, 'two', None, b'four', 5.5, True])
    shared[1] = 'zwei'
    print(list(shared), len(shared), shared.format, shared.count(None), shared.index(5.5))
    refused(shared.__setitem__, 1, 'much too long')
    refused(shared.__getitem__, 9)
    other = shared_memory.ShareableList(name=shared.shm.name)
    other[0] = 77
    print(shared[0])
    other.shm.close()
    shared.shm.close()
    shared.shm.unlink()
    print([name for name in os.listdir('/dev/shm') if name.startswith('psm_%d' % os.getpid())])


if __name__ == '__main__':
    main()
