import sys
import threading

def attempt(f, *args):
    try:
        print(f(*args))
    except Exception as e:
        print(type(e).__name__, e)
print(sys.getswitchinterval())
sys.setswitchinterval(0.001); print(sys.getswitchinterval())
sys.setswitchinterval(1e-6); print(sys.getswitchinterval())
for wrong in (0, -1, 'x', None):
    attempt(sys.setswitchinterval, wrong)
sys.setswitchinterval(0.005)
print(threading.stack_size())
print(threading.stack_size(1 << 20), threading.stack_size())
attempt(threading.stack_size, 100)
attempt(threading.stack_size, -1)
def deep(n):
    return n and deep(n - 1)
def run():
    attempt(deep, 500)
    try:
        deep(100000)
    except RecursionError as e:
        print(e)
t = threading.Thread(target=run); t.start(); t.join()
