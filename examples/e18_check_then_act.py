"""E18: look, then act. One item is in stock, eight threads sell it.
Look for: more than one sale without a lock, because something waits between the look and the act; one with a lock. Eight tasks on one event
loop do no better, if there is an await in between."""
import asyncio
import threading
import time

lock = threading.Lock()


def sales(guard):
    stock, sold, ready = [1], [], threading.Barrier(8)

    def sell(name):
        ready.wait()
        with guard:
            if stock[0] > 0:
                time.sleep(0.02)        # ask the bank
                stock[0] -= 1
                sold.append(name)

    threads = [threading.Thread(target=sell, args=(i,)) for i in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return len(sold)


async def task_sales(guard):
    stock, sold = [1], []

    async def sell(name):
        async with guard:
            if stock[0] > 0:
                await asyncio.sleep(0.001)
                stock[0] -= 1
                sold.append(name)

    await asyncio.gather(*[sell(i) for i in range(8)])
    return len(sold)


class NoLock:
    def __enter__(self):
        pass

    def __exit__(self, *args):
        pass

    async def __aenter__(self):
        pass

    async def __aexit__(self, *args):
        pass


print('without a lock more than one:', sales(NoLock()) > 1)
print('with a lock:', sales(lock))
print('tasks without a lock more than one:', asyncio.run(task_sales(NoLock())) > 1)
print('tasks with a lock:', asyncio.run(task_sales(asyncio.Lock())))
