"""What an interpreter refuses, and what lives on: errors, threads, queues, ends."""
from concurrent import interpreters
import threading, time, sys, os
def show(f, *a):
    try: print('ok', f(*a))
    except BaseException as e: print(type(e).__name__, str(e).strip().splitlines()[-1] if str(e) else '')
if __name__ == '__main__':
    i = interpreters.create()
    show(interpreters.get_main().exec, 'pass')
    show(i.exec, 'import sys; sys.exit(3)')
    show(i.exec, 'import os; os.fork()')
    show(i.exec, 'import os; os.execv("/bin/true", ["true"])')
    show(i.exec, 'import threading; threading.Thread(target=print, daemon=True)')
    show(i.exec, 'import threading; t = threading.Thread(target=print, args=("in thread",)); t.start(); t.join(); print(threading.current_thread() is threading.main_thread())')
    show(i.exec, 'import signal; signal.signal(signal.SIGUSR1, lambda *a: None)')
    show(i.exec, 'import asyncio\nasync def m():\n    await asyncio.sleep(0.01)\n    return 5\nprint(asyncio.run(m()))')
    show(i.exec, 'import subprocess; print(subprocess.run(["echo","hi"], capture_output=True, text=True).stdout)')
    show(i.exec, 'from concurrent import interpreters as I; print(I.get_current(), I.list_all()); j = I.create(); j.exec("print(1)"); j.close()')
    show(i.exec, 'import atexit; atexit.register(print, "bye from i", flush=True)')
    show(i.exec, 'I.get_current().exec("1")')
    show(i.exec, 'I.get_current().close()')
    show(i.exec, 'x = (')
    show(i.exec, 'def f(): f()\nf()')
    show(i.exec, 5)
    show(i.call, 5)
    show(interpreters.Interpreter, 99)
    show(interpreters.Interpreter, 'a')
    ev = interpreters.create_queue()
    t = threading.Thread(target=i.exec, args=('import time; time.sleep(0.2)',)); t.start()
    time.sleep(0.05); print(i.is_running()); show(i.close); show(i.exec, '1'); t.join(); print(i.is_running())
    show(i.exec, 'import threading, time\nthreading.Thread(target=lambda: (time.sleep(.1), print("late", flush=True))).start()')
    i.close()
    q = interpreters.create_queue(2)
    q.put(1); q.put((1, 'a', None))
    show(q.put, 3, True, 0.01); show(q.put_nowait, 3); print(q.full(), q.empty(), q.qsize(), q.maxsize, q.get(), q.get())
    show(q.get_nowait); show(q.get, True, 0.01); show(q.get, False); show(q.put, threading.Lock())
    j = interpreters.create()
    j.prepare_main(q=q)
    j.exec('q.put(10)\nq.put(11)')
    print(q.get())
    j.close()
    print(q.get())
    show(interpreters.Queue, 77)
    print(interpreters.is_shareable((1, 'a', b'', None, True, 2.5)), interpreters.is_shareable([1]), interpreters.is_shareable(q))
    k = interpreters.create(); kid = k.id; del k
    print(kid in [x.id for x in interpreters.list_all()])
    # many threads, several interpreters, one queue
    work, done = interpreters.create_queue(), interpreters.create_queue()
    def worker(work, done):
        while (n := work.get()) is not None: done.put(n * n)
    ts = [interpreters.create() for _ in range(4)]
    th = [x.call_in_thread(worker, work, done) for x in ts]
    for n in range(200): work.put(n)
    for _ in ts: work.put(None)
    print(sum(done.get() for _ in range(200))); [x.join() for x in th]
    show(ts[0].exec, 'raise ValueError("é")')
    class Local: pass
    show(ts[0].call, Local)
    e = None
    left = interpreters.create()
    left.exec('import atexit; atexit.register(print, "end of left", flush=True)')
