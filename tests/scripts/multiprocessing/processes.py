# Processes by each start method: their life, what is known of them, how they end; each thing the parent sees is printed in order.
import multiprocessing as mp
import os
import signal
import sys
import time


def say(q, *words):
    q.put(words)


def child(q, x):
    me = mp.current_process()
    q.put((x, me.name, me.daemon, me._identity, os.getppid() == mp.parent_process().pid, mp.parent_process().name, mp.parent_process().is_alive()))


def leave(how):
    if how == 'none':
        sys.exit()
    if how == 'text':
        sys.stderr = open(os.devnull, 'w')
        sys.exit('bye')
    if how == 'number':
        sys.exit(7)
    if how == 'raise':
        sys.stderr = open(os.devnull, 'w')
        raise ValueError('oops')
    if how == 'os':
        os._exit(9)
    if how == 'signal':
        os.kill(os.getpid(), signal.SIGKILL)


class Own(mp.Process):
    def __init__(self, q):
        super().__init__(name='own')
        self.q = q

    def run(self):
        self.q.put(('run', self.name, self.exitcode is None, self.is_alive()))


counter = 0


def count(q):
    global counter
    counter += 1
    q.put(counter)


def refused(function, *args):
    try:
        function(*args)
    except Exception as e:
        print(type(e).__name__, e)


def main():
    for method in mp.get_all_start_methods():
        ctx = mp.get_context(method)
        print('--', method, ctx.get_start_method(), type(ctx.Process).__name__)
        q = ctx.Queue()
        p = ctx.Process(target=child, args=(q,), kwargs={'x': 1})
        print(p.pid, p.exitcode, p.is_alive(), p.daemon, p.name.split('-')[0])
        refused(p.join)
        p.start()
        print(q.get()[0])
        p.join()
        print(p.exitcode, p.is_alive(), p.pid > 0, p.sentinel > 0)
        refused(p.start)
        p.close()
        refused(p.is_alive)
        refused(lambda: p.exitcode)
        for how in 'none', 'text', 'number', 'raise', 'os', 'signal':
            p = ctx.Process(target=leave, args=(how,))
            p.start()
            p.join()
            print(how, p.exitcode)
        p = ctx.Process(target=time.sleep, args=(60,), daemon=True)
        p.start()
        p.join(0.01)
        print(p.exitcode, p.is_alive(), p.daemon, p in mp.active_children())
        refused(p.close)
        p.terminate()
        p.join()
        print(p.exitcode, mp.active_children())
        p = ctx.Process(target=time.sleep, args=(60,))
        p.start()
        p.kill()
        p.join()
        print(p.exitcode)
        p = ctx.Process(target=count, args=(q,))
        p.start()
        print(q.get(), counter)
        p.join()
        q.close()
        q.join_thread()
    q = mp.Queue()
    own = Own(q)
    own.start()
    print(q.get())
    own.join()
    print(own.name, own.exitcode)
    print(mp.current_process().name, mp.parent_process(), mp.current_process().daemon, mp.current_process().is_alive())
    refused(mp.get_context, 'no such')
    refused(mp.get_context('fork').set_start_method, 'spawn')
    refused(mp.set_start_method, 'spawn')
    mp.set_start_method('spawn', force=True)
    print(mp.get_start_method())
    print(mp.cpu_count() == os.cpu_count())


if __name__ == '__main__':
    main()
