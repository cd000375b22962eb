"""E38: fork() in a program with threads.
Look for: the child has only the thread that forked; a lock that another thread held stays locked in it for ever. Since Python 3.12 os.fork() warns of
that. A spawned process takes over nothing, and has no such locks."""
import multiprocessing
import os
import threading
import warnings

lock = threading.Lock()
held, done = threading.Event(), threading.Event()


def hold():
    with lock:
        held.set()
        done.wait()


def look():
    print('  threads:', threading.active_count(), '- the lock can be had:', lock.acquire(timeout=0.2), flush=True)


def main():
    warnings.simplefilter('ignore', DeprecationWarning)
    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    print('here: threads', threading.active_count())
    print('fork:', flush=True)
    pid = os.fork()
    if pid == 0:
        look()
        os._exit(0)
    os.waitpid(pid, 0)
    print('spawn:', flush=True)
    child = multiprocessing.get_context('spawn').Process(target=look)
    child.start()
    child.join()
    done.set()
    thread.join()


if __name__ == '__main__':
    main()
