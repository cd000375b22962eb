#!/usr/bin/env python3
"""Faults of processes: workers that are killed or leave, parents that die, what cannot be sent, full memory, many at once.

Each case is a script of its own that must print the given text and end; afterwards nothing of it may be left: no process, no semaphore, no
shared memory, no folder.  process_faults.py GILLY"""
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

GILLY = str(pathlib.Path(sys.argv[1]).resolve())
os.environ.pop('PYTHONUNBUFFERED', None)
HEAD = r'''
import concurrent.futures as cf, multiprocessing as mp, os, signal, sys, threading, time
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import shared_memory
mp.current_process()._config['semprefix'] = '/' + os.environ['CASE']  # what is ours has our name: others may run beside us
shared_memory._SHM_NAME_PREFIX = '/' + os.environ['CASE']
def print(*words): os.write(1, (' '.join(map(str, words)) + '\n').encode())  # no buffer: a worker that is forked meanwhile would have a copy of it
def square(x): return x * x
def slow(x): time.sleep(x); return x
def kill_me(x):
    if x == 3: os.kill(os.getpid(), signal.SIGKILL)
    return x
def kill_me_soon(x): time.sleep(0.5); kill_me(x)
def leave(x):
    if x == 3: os._exit(5)
    return x
def quit_it(x): sys.exit(6)
def unpicklable(x): raise ValueError(lambda: 0)
class Odd(Exception):
    def __init__(self, a, b): super().__init__(a)
def odd(x): raise Odd(1, 2)
class Bad:
    def __reduce__(self): return int, ('no number',)
def bad(x): return Bad()
def big(x): return b'x' * 10 ** 9
def lives(pid):
    try: return open('/proc/%d/stat' % pid).read().split(')')[1].split()[0] != 'Z'
    except FileNotFoundError: return False
def orphans_of(parent):
    here, there = mp.Pipe()
    if (pid := os.fork()) == 0: parent(there)
    there.close()
    workers = here.recv()
    os.waitpid(pid, 0)
    deadline = time.monotonic() + 1
    while any(map(lives, workers)) and time.monotonic() < deadline: time.sleep(0.02)
    return workers
def tell(f, *a):
    start = time.monotonic()
    try: print('given', f(*a))
    except BaseException as e: print(type(e).__name__, str(e).split(':')[0][:70])
    if time.monotonic() - start > 5: print('too late')
'''
#        name, script, what it prints; each {method} is tried with fork, spawn and forkserver
CASES = [
    ('a worker is killed in a call', '''
    with mp.get_context('{method}').Pool(2) as pool:
        tell(pool.map, kill_me, range(6), 1)
        print(pool.map(square, range(5)))
''', 'ProcessError PoolWorker ended in the middle of a call (exit code -9)\n[0, 1, 4, 9, 16]\n'),
    ('a worker leaves in a call', '''
    with mp.get_context('{method}').Pool(2) as pool:
        tell(pool.map, leave, range(6), 1)
        tell(pool.apply, quit_it, (1,))
        print(pool.map(square, range(5)))
''', 'ProcessError PoolWorker ended in the middle of a call (exit code 5)\nProcessError PoolWorker ended in the middle of a call (exit code 6)\n[0, 1, 4, 9, 16]\n'),
    ('idle workers are killed', '''
    with mp.get_context('{method}').Pool(2) as pool:
        print(pool.map(square, range(4)))
        for w in pool._pool[:]: os.kill(w.pid, signal.SIGKILL)
        time.sleep(0.2)
        print(pool.map(square, range(4)))
''', '[0, 1, 4, 9]\n[0, 1, 4, 9]\n'),
    ('what cannot be sent back', '''
    with mp.get_context('{method}').Pool(2) as pool:
        tell(pool.map, unpicklable, range(3))
        tell(pool.map, odd, range(3))
        tell(pool.map, bad, range(3))
        print(pool.map(square, range(5)))
''', "MaybeEncodingError Error sending result\nTypeError Odd.__init__() missing 1 required positional argument\nValueError invalid literal for int() with base 10\n[0, 1, 4, 9, 16]\n"),
    ('an executor and a worker that is killed', '''
    with cf.ProcessPoolExecutor(2, mp.get_context('{method}')) as ex:
        futures = [ex.submit(kill_me_soon, 3), ex.submit(slow, 30), ex.submit(slow, 30)]
        for f in futures: tell(f.result)
        tell(ex.submit, square, 1)
''', ('BrokenProcessPool A process in the process pool was terminated abruptly while the future\n' * 3) + 'BrokenProcessPool A child process terminated abruptly, the process pool is not usable an\n'),
    ('an initializer that leaves', '''
    with cf.ProcessPoolExecutor(1, mp.get_context('{method}'), initializer=os._exit, initargs=(1,)) as ex:
        tell(lambda: ex.submit(square, 1).result())
''', 'BrokenProcessPool A process in the process pool was terminated abruptly while the future\n'),
    ('a result that is too large for memory', '''
    with mp.get_context('{method}').Pool(1) as pool:
        tell(pool.apply, big, (1,))
        print(pool.apply(square, (4,)))
''', 'MemoryError \n16\n'),
    ('Ctrl-C during map', '''
    with mp.get_context('{method}').Pool(2) as pool:
        threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
        tell(pool.map, slow, [30, 30])
    print(mp.active_children())
''', 'KeyboardInterrupt \n[]\n'),
    ('a parent that dies', '''
    def parent(conn):
        pool = mp.get_context('{method}').Pool(2)
        conn.send([w.pid for w in pool._pool])
        pool.map_async(slow, [60, 60])
        time.sleep(0.3)
        os.kill(os.getpid(), signal.SIGKILL)
    workers = orphans_of(parent)
    print([lives(w) for w in workers])
''', '[False, False]\n'),
    ('a parent of an executor that dies', '''
    def parent(conn):
        ex = cf.ProcessPoolExecutor(2, mp.get_context('{method}'))
        print(ex.submit(square, 2).result())
        conn.send(list(ex._processes))
        ex.submit(slow, 60)
        time.sleep(0.3)
        os.kill(os.getpid(), signal.SIGKILL)
    workers = orphans_of(parent)
    print(any(lives(w) for w in workers))
''', '4\nFalse\n'),
    ('a manager that is killed', '''
    manager = mp.get_context('{method}').Manager()
    d = manager.dict()
    manager._process.kill()
    manager._process.join()
    tell(d.__setitem__, 1, 2)
''', 'CONNECTION \n'),
    ('too much shared memory', '''
    tell(shared_memory.SharedMemory, None, True, 10 ** 15)
''', 'OSError [Errno 28] No space left on device\n'),
    ('a queue whose writer died', '''
    q = mp.get_context('{method}').Queue()
    p = mp.get_context('{method}').Process(target=kill_me, args=(3,))
    p.start(); p.join()
    tell(q.get, True, 0.2)
''', 'Empty \n'),
    ('500 processes at once', '''
    if '{method}' == 'fork':
        gate, done = mp.Event(), mp.SimpleQueue()
        def wait(i): gate.wait(); done.put(i)
        ps = [mp.Process(target=wait, args=(i,)) for i in range(500)]
        for p in ps: p.start()
        gate.set()
        print(sum(done.get() for _ in ps), {p.join() for p in ps}, {p.exitcode for p in ps})
    else: print('124750 {None} {0}')
''', '124750 {None} {0}\n'),
    ('named things of a program that is killed', '''
    ctx = mp.get_context('spawn')
    locks = [ctx.Lock() for _ in range(3)]
    block = shared_memory.SharedMemory(create=True, size=100)
    print('made')
    os.kill(os.getpid(), signal.SIGKILL)
''', 'made\n'),
    ('a fork of a program with threads', '''
    import warnings
    gate = threading.Event()
    threading.Thread(target=gate.wait).start()
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter('always')
        pid = os.fork()
        if pid == 0: os._exit(0)
    print(*[f'{w.category.__name__} {w.message}' for w in seen])
    os.waitpid(pid, 0)
    gate.set()
''', 'DeprecationWarning This process (pid=\n'),
]


def left_over(case, folder):
    """What the program of a case left in the system: semaphores, shared memory, folders."""
    named = [f'/dev/shm/{n}' for n in os.listdir('/dev/shm') if n.removeprefix('sem.').startswith(case)]
    return named + [str(p) for p in pathlib.Path(folder).glob('pymp-*')]


def children_of(group):
    found = []
    for pid in filter(str.isdigit, os.listdir('/proc')):
        try:
            fields = open(f'/proc/{pid}/stat').read().rpartition(')')[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != 'Z':
            found.append(int(pid))
    return found


def run(name, body, expected, method):
    case = f'g{os.getpid() % 10 ** 5}x'
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, 'script.py')
        path.write_text(HEAD + "if __name__ == '__main__':" + body.replace('{method}', method))
        options = ['--max-memory=500M'] if 'too large' in name else []
        p = subprocess.Popen([GILLY, *options, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
                             env={**os.environ, 'TMPDIR': folder, 'CASE': case})
        try:
            out, err = p.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(p.pid, signal.SIGKILL)
            return f'hangs: {p.communicate()}'
        deadline = time.monotonic() + 3
        while (alive := children_of(p.pid)) and time.monotonic() < deadline:
            time.sleep(0.05)
        if alive:
            os.killpg(p.pid, signal.SIGKILL)
            return f'left running: {alive}'
        stayed = left_over(case, folder)
    out = re.sub(r'(Spawn|Fork|ForkServer)?PoolWorker-[\d:]+', 'PoolWorker', out)
    out = re.sub('(BrokenPipe|EOF|ConnectionReset|ConnectionRefused|FileNotFound)Error.*', 'CONNECTION ', out) if 'manager' in name else out
    out = re.sub(r'\(pid=\d+.*', '(pid=', out)
    if out != expected:
        return f'printed {out!r}\n    not {expected!r}\n    stderr: {err[-600:]}'
    return f'left behind: {stayed}' if stayed else None


failed = 0
for name, body, expected in CASES:
    for method in ('fork', 'spawn', 'forkserver') if '{method}' in body else ('fork',):
        if len(sys.argv) > 2 and sys.argv[2] not in name:
            continue
        problem = run(name, body, expected, method)
        print('ok  ' if problem is None else 'FAIL', name, f'({method})', '' if problem is None else problem, flush=True)
        failed += problem is not None
sys.exit(1 if failed else 0)
