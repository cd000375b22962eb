"""E35: what it costs to start and join a thread, and a process in each of the three ways.
Look for: thread, fork, forkserver, spawn, in this order, each several times the one before. A spawned process is a new interpreter, which runs the
script again as __mp_main__: without `if __name__ == '__main__':` it would start children too, and Python says so."""
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time

UNGUARDED = '''
import multiprocessing
multiprocessing.get_context('spawn').Process(target=print).start()
'''


def nothing():
    pass


def best_ms(make, times):
    best = None
    for _ in range(times):
        begin = time.perf_counter()
        worker = make(target=nothing)
        worker.start()
        worker.join()
        took = (time.perf_counter() - begin) * 1000
        best = took if best is None else min(best, took)
    return best


def main():
    ways = {'thread': threading.Thread, **{how: multiprocessing.get_context(how).Process for how in ('fork', 'forkserver', 'spawn')}}
    times = {name: best_ms(make, 40 if '--figures' in sys.argv else 5) for name, make in ways.items()}
    if '--figures' in sys.argv:
        for name, ms in times.items():
            print(f'{name}_ms {ms:.3f}')
        return
    print('a fork costs more than a thread:', times['fork'] > 3 * times['thread'])
    print('a spawn costs most:', times['spawn'] > max(times['fork'], times['forkserver']))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'unguarded.py')
        with open(path, 'w') as f:
            f.write(UNGUARDED)
        p = subprocess.run([sys.executable, path], capture_output=True, text=True)
    print('without the guard:', [line for line in p.stderr.splitlines() if line.startswith('RuntimeError') or 'bootstrapping' in line])


if __name__ == '__main__':
    main()
