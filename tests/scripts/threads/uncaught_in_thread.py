# An exception that leaves a thread is printed; the others go on and the exit status is 0. sys.exit() ends its thread silently.
import sys
import threading

sys.stderr = sys.stdout

def fails():
    raise ValueError('in a thread')

def leaves():
    sys.exit('not printed')

class Loud(threading.Thread):
    def run(self):
        raise KeyError('run')

seen = []
def hook(args):
    seen.append((args.exc_type.__name__, str(args.exc_value), args.thread.name))

threading.excepthook = hook
for t in (threading.Thread(target=fails, name='T'), Loud(name='L'), threading.Thread(target=leaves, name='S')):
    t.start()
    t.join()
print(seen)
threading.excepthook = threading.__excepthook__
t = threading.Thread(target=leaves, name='S')
t.start()
t.join()
print('main goes on')
def broken(args):
    raise RuntimeError('hook')
