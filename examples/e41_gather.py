"""E41: gather runs coroutines side by side in one thread; the results come in the order of the arguments, not of their ends."""
import asyncio
import time


async def wait(seconds):
    await asyncio.sleep(seconds)
    return seconds


async def main():
    start = time.perf_counter()
    print(await asyncio.gather(*(wait(s) for s in (0.2, 0.1, 0.15, 0.05))))
    print("as long as the longest:", 0.19 < time.perf_counter() - start < 0.4)
    start = time.perf_counter()
    done = await asyncio.gather(*(wait(0.01) for _ in range(10_000)))
    print(len(done), "sleepers in one thread")


asyncio.run(main())
