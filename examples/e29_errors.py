"""E29: an exception ends its thread, not the program; sys.exit in a thread ends that thread silently; Ctrl-C reaches main only.
Look for: main goes on, and the exit status is 0."""
import os
import signal
import sys
import threading
import time


def fails():
    raise ValueError('only this thread ends')


def leaves():
    sys.exit(3)


def poke():
    time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGINT)


threading.excepthook = lambda args: print(args.thread.name, 'ended by', args.exc_type.__name__)
for target in (fails, leaves):
    t = threading.Thread(target=target, name=target.__name__)
    t.start()
    t.join()
threading.Thread(target=poke).start()
try:
    threading.Event().wait(10)
except KeyboardInterrupt:
    print('main was interrupted in its wait')
print('main goes on')
