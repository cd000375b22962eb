# Lock, Event, Condition, Semaphore, Barrier, queues between tasks; threads and the loop.
import asyncio
import threading
import time


async def main():
    log = []
    lock = asyncio.Lock()

    async def locked(name):
        async with lock:
            log.append((name, "in"))
            await asyncio.sleep(0)
            log.append((name, "out"))

    await asyncio.gather(*(locked(n) for n in "abc"))
    print(log, lock.locked())
    log.clear()
    event = asyncio.Event()

    async def waits(n):
        await event.wait()
        log.append(n)

    tasks = [asyncio.create_task(waits(i)) for i in range(3)]
    await asyncio.sleep(0)
    event.set()
    await asyncio.gather(*tasks)
    print(log, event.is_set())
    log.clear()
    condition = asyncio.Condition()

    async def waits_for(n):
        async with condition:
            await condition.wait_for(lambda: len(log) >= n)
            log.append(n)
            condition.notify_all()

    await asyncio.gather(*(waits_for(n) for n in (2, 0, 1)))
    print(log)
    log.clear()
    semaphore = asyncio.Semaphore(2)
    inside = most = 0

    async def counted():
        nonlocal inside, most
        async with semaphore:
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.001)
            inside -= 1

    await asyncio.gather(*(counted() for _ in range(7)))
    print(most, semaphore.locked())
    bounded = asyncio.BoundedSemaphore(1)
    for wrong in (bounded.release, lock.release):
        try:
            wrong()
        except Exception as e:
            print(type(e).__name__, e)
    barrier = asyncio.Barrier(3)

    async def meets(i):
        position = await barrier.wait()
        log.append(position)

    await asyncio.gather(*(meets(i) for i in range(3)))
    print(sorted(log), barrier.parties, barrier.n_waiting)
    log.clear()
    queue = asyncio.Queue(2)

    async def produce():
        for i in range(5):
            await queue.put(i)
            log.append(f"put {i}")

    async def consume():
        while True:
            log.append(f"got {await queue.get()}")
            queue.task_done()

    consumer = asyncio.create_task(consume())
    await produce()
    await queue.join()
    consumer.cancel()
    print(log)
    for cls in (asyncio.PriorityQueue, asyncio.LifoQueue):
        q = cls()
        for i in (3, 1, 2):
            q.put_nowait(i)
        print(cls.__name__, [q.get_nowait() for _ in range(3)], q.empty())
    for wrong in (q.get_nowait, q.task_done, q.task_done, q.task_done, q.task_done, lambda: asyncio.Queue(1).put_nowait(1)):
        try:
            wrong()
        except Exception as e:
            print(type(e).__name__, e)
    # a cancelled waiter does not take what was meant for another
    q = asyncio.Queue()
    first, second = asyncio.create_task(q.get()), asyncio.create_task(q.get())
    await asyncio.sleep(0)
    q.put_nowait("item")
    first.cancel()
    print(await asyncio.gather(first, second, return_exceptions=True))

    # threads
    loop = asyncio.get_running_loop()
    start = time.monotonic()
    print(await asyncio.gather(*(asyncio.to_thread(lambda i=i: time.sleep(0.1) or i) for i in range(3))), time.monotonic() - start < 0.28)
    called = asyncio.Event()
    threading.Thread(target=lambda: loop.call_soon_threadsafe(called.set)).start()
    print(await asyncio.wait_for(called.wait(), 5))

    async def add(a, b):
        await asyncio.sleep(0)
        return a + b

    print(await asyncio.to_thread(lambda: asyncio.run_coroutine_threadsafe(add(1, 2), loop).result(5)))
    try:
        await asyncio.to_thread(lambda: 1 / 0)
    except ZeroDivisionError as e:
        print(e)

    async def agen():
        try:
            yield 1
            yield 2
        finally:
            log.append("closed")

    log.clear()
    async for x in agen():
        print(x)
        break


asyncio.run(main())
