"""E10: more worker processes. k processes of one interpreter each serve requests of 4 ms of computing from one listening socket.
Look for: twice the processes answer twice the requests until the cores are used up; memory, which is what one pays for, grows all the way."""
import os
import signal
import socket
import sys
import threading
import time

CORES = len(os.sched_getaffinity(0))
COUNTS = (1, 2, 4) if '--figures' in sys.argv else (1, 4)
SECONDS = 1.0 if '--figures' in sys.argv else 0.4


def work(seconds):
    """Compute until this process has used so much of a core."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def serve(listener):
    """A worker's life."""
    while True:
        connection, _ = listener.accept()
        with connection:
            connection.recv(100)
            work(0.004)
            connection.sendall(b'done')


def resident_mib(pid):
    with open(f'/proc/{pid}/status') as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith('VmRSS')) / 1024


def ask(address, end, answers):
    while time.perf_counter() < end:
        with socket.create_connection(address) as s:
            s.sendall(b'please')
            answers.append(s.recv(100))


def trial(k):
    """(answers in a second, MiB of all workers)"""
    with socket.create_server(('127.0.0.1', 0), backlog=64) as listener:
        workers = []
        for _ in range(k):
            pid = os.fork()
            if pid == 0:
                serve(listener)
            workers.append(pid)
        answers, end = [], time.perf_counter() + SECONDS
        clients = [threading.Thread(target=ask, args=(listener.getsockname(), end, answers)) for _ in range(2 * k)]
        for t in clients:
            t.start()
        for t in clients:
            t.join()
        memory = sum(resident_mib(pid) for pid in workers)
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    return len(answers) / SECONDS, memory


results = {k: trial(k) for k in COUNTS}
if '--figures' in sys.argv:
    for k in COUNTS:
        print(f'answers_{k} {results[k][0] / results[1][0]:.2f}\nmemory_{k} {results[k][1] / results[1][1]:.2f}')
else:
    print('4 workers answer no more than the cores can:', results[4][0] < 1.3 * min(4, CORES) * results[1][0])
    print('they take 4 times the memory:', 3.5 < results[4][1] / results[1][1] < 4.5)
