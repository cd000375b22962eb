"""What goes into an interpreter and comes out again: values, functions, exceptions, memory."""
from concurrent import interpreters
import math, time, threading
def work(n):
    s = 0
    for i in range(n): s += i
    return s
def boom(): raise KeyError('x')
class P:
    def __init__(self, x): self.x = x
    def __eq__(self, o): return self.x == o.x
    def __repr__(self): return f'P({self.x})'
def double(p): return P(p.x * 2)
if __name__ == '__main__':
    i = interpreters.create()
    print(i, i.id, interpreters.list_all(), interpreters.get_current(), interpreters.get_main(), i.is_running(), i.whence)
    i.exec('''
        x = 1
        print('inside', x, __name__)
    ''')
    i.prepare_main(y=5, z=[1,2])
    i.exec('print(x, y, z)')
    print(i.call(math.factorial, 20))
    print(i.call(work, 1000))
    print(i.call(double, P(4)))
    print(i.call(lambda a, b=2: a + b, 40))
    def adder(n): return lambda a: a + n
    print(i.call(adder(7), 40))
    try: i.exec('1/0')
    except interpreters.ExecutionFailed as e: print(e); print(e.excinfo.type.__name__, e.excinfo.msg)
    try: i.call(boom)
    except interpreters.ExecutionFailed as e: print(repr(e)); print(e)
    try: i.call(print, threading.Lock())
    except interpreters.NotShareableError as e: print(e)
    q = interpreters.create_queue()
    t = i.call_in_thread(lambda q: [q.put(k) for k in range(3)], q)
    print([q.get() for _ in range(3)]); t.join()
    try: q.get(timeout=0.01)
    except interpreters.QueueEmpty: print('empty')
    data = bytearray(b'hello')
    with memoryview(data) as m:
        i.call(lambda m: m.__setitem__(0, 72), m)
        print(data)
    i.exec('import sys; print(sys.argv, len(sys.path))')
    i.close()
    try: i.exec('1')
    except interpreters.InterpreterNotFoundError as e: print(type(e), e)
    print(interpreters.list_all())
    a, b = interpreters.create(), interpreters.create()
    threads = [x.call_in_thread(work, 1000) for x in (a, b)]
    [t.join() for t in threads]
    from concurrent.futures import InterpreterPoolExecutor
    with InterpreterPoolExecutor(2) as pool:
        print(list(pool.map(work, [10, 20, 30])))
        f = pool.submit(boom)
        try: f.result()
        except KeyError as e: print('KeyError', e, type(e.__cause__))
