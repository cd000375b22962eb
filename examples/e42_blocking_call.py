"""E42: a blocking call in a coroutine stops the whole loop. A heartbeat every 10 ms shows the hole; to_thread() closes it."""
import asyncio
import time


async def longest_gap(work):
    """The longest time between two heartbeats while work is under way."""
    last, gap = time.perf_counter(), 0

    async def beat():
        nonlocal last, gap
        while True:
            await asyncio.sleep(0.01)
            now = time.perf_counter()
            gap, last = max(gap, now - last), now

    heart = asyncio.create_task(beat())
    await asyncio.sleep(0.03)
    await work()
    await asyncio.sleep(0.03)
    heart.cancel()
    return gap


async def polite():
    await asyncio.sleep(0.4)


async def blocking():
    time.sleep(0.4)


async def in_a_thread():
    await asyncio.to_thread(time.sleep, 0.4)


async def main():
    for work in (polite, blocking, in_a_thread):
        gap = await longest_gap(work)
        print(f"{work.__name__:12} {'the loop stood still' if gap > 0.35 else 'the loop went on'}")


asyncio.run(main())
