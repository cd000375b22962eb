# generators keep locals, exceptions and with blocks of their own
import sys
def counter(n):
    while n > 0:
        reset = yield n
        n = reset if reset is not None else n - 1
c = counter(3); print(next(c), next(c), c.send(10), next(c), list(c)[-1])
def handling():
    try: raise ValueError("inner")
    except ValueError: yield sys.exc_info()[0].__name__; yield sys.exc_info()[0].__name__
h = handling()
try: raise KeyError("outer")
except KeyError: print(next(h), sys.exc_info()[0].__name__, next(h)); print(list(h), sys.exc_info()[0])
print(sys.exc_info())
def seeing(): yield sys.exc_info()[0]; yield sys.exc_info()[0]
s = seeing()
try: raise TypeError
except TypeError: print(next(s))
print(next(s))
class CM:
    def __enter__(self): print("enter"); return self
    def __exit__(self, *a): print("exit", a[0]); return a[0] is ValueError
def withs():
    with CM(): yield 1; yield 2
    yield "after"
w = withs(); next(w); print(w.throw(ValueError)); w = withs(); next(w); w.close(); w = withs(); next(w); del w
def two(): yield from (a for a in (b for b in range(3)))
print(list(two())); fs = [(lambda: (yield v)) for v in range(3)]; print([next(f()) for f in fs]); fibs = lambda: (a for a in [1, 1, 2]); print(list(fibs()))
def fib():
    a, b = 0, 1
    while 1: yield a; a, b = b, a + b
import itertools; print(list(itertools.islice(fib(), 15)), next(x for x in fib() if x > 1000))
def default(a=[]): a.append(len(a)); yield a
print(next(default()), next(default()))
def ret_in_finally():
    try: yield 1; raise ValueError
    finally: return "r"
r = ret_in_finally(); next(r)
try: next(r)
except StopIteration as e: print(e.value)
def loop_else():
    for i in range(2): yield i
    else: yield "else"
print(list(loop_else())); gen = (print("side", i) or i for i in range(2)); print("made"); print(list(gen))
