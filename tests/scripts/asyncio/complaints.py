# What the loop complains of: exceptions that nobody looked at, exceptions in callbacks, slow callbacks and wrong threads in debug mode.
import asyncio
import gc
import logging
import sys
import threading
import time

logging.basicConfig(stream=sys.stdout, format="%(levelname)s %(name)s %(message)s")


async def fails():
    raise ValueError("nobody looks")


async def main():
    loop = asyncio.get_running_loop()
    seen = []
    loop.set_exception_handler(lambda loop, context: seen.append((context["message"].split(" at ")[0], repr(context.get("exception")), sorted(context))))
    task = asyncio.create_task(fails())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    future = loop.create_future()
    future.set_exception(KeyError("a future's"))
    del future
    gc.collect()
    loop.call_soon(lambda: 1 / 0)
    await asyncio.sleep(0)
    for line in seen:
        print(line)
    loop.set_exception_handler(None)
    for wrong in (lambda: loop.set_exception_handler(5), lambda: loop.call_later(None, print)):
        try:
            wrong()
        except Exception as e:
            print(type(e).__name__, e)
    gc.collect()


asyncio.run(main())


def slow():
    time.sleep(0.15)


async def debugging():
    loop = asyncio.get_running_loop()
    print(loop.get_debug())
    records = []
    handler = logging.Handler()
    handler.emit = lambda record: records.append(record.getMessage())
    logger = logging.getLogger("asyncio")
    logger.addHandler(handler)
    logger.propagate = False
    loop.call_soon(slow)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print([r.startswith("Executing <Handle slow()") and "took 0.1" in r for r in records if "slow" in r])
    problems = []

    def other_thread():
        try:
            loop.call_soon(print)
        except RuntimeError as e:
            problems.append(str(e))

    t = threading.Thread(target=other_thread)
    t.start()
    t.join()
    print(problems)
    try:
        loop.call_soon(debugging)
    except TypeError as e:
        print(e)
    print(loop.slow_callback_duration)


asyncio.run(debugging(), debug=True)
