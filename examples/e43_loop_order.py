"""E43: the order in which an event loop runs what is ready is fixed. A pass runs what is in the queue at its start; what is added
meanwhile waits for the next pass. So there are no races between two awaits, and two runs are alike."""
import asyncio


async def order():
    seen = []
    loop = asyncio.get_running_loop()

    def b():
        seen.append("b")
        loop.call_soon(seen.append, "nested")

    async def task():
        seen.append("task")

    loop.call_soon(seen.append, "a")
    loop.call_soon(b)
    kept = asyncio.create_task(task())
    loop.call_later(0, seen.append, "later")
    await asyncio.sleep(0)
    seen.append("main")
    await asyncio.sleep(0.01)
    return seen


first = asyncio.run(order())
print(*first)
print("always:", all(asyncio.run(order()) == first for _ in range(20)))
