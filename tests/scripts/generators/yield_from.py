# yield from generators, iterators and objects with send, throw, close
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


def inner():
    try: x = yield 1; print("inner got", x); y = yield 2; print("inner got", y)
    except ValueError as e: print("inner caught", e); yield "handled"
    finally: print("inner finally")
    return "inner result"
def outer(): r = yield from inner(); print("result", r); return "outer " + str(r)
o = outer(); print(next(o), o.send("a"))
try: o.send("b")
except StopIteration as e: print(e.value)
o = outer(); next(o); print(o.throw(ValueError("t"))); show(next, o); o = outer(); next(o); o.close(); o = outer(); next(o); show(o.throw, KeyError("k"))
def it(v): r = yield from v; return r
print(list(it([1, 2])), list(it("ab")), list(it(range(2)))); show(list, it(5)); i = it([1, 2]); next(i); show(i.send, 5); i = it(iter([1])); next(i); show(i.throw, ValueError("v")); i = it([1]); next(i); print(i.close())
class Custom:
    def __iter__(self): return self
    def __next__(self): return "next"
    def send(self, v): print("send", v); return "sent"
    def throw(self, *a): print("throw", [x.__name__ if isinstance(x, type) else x for x in a]); raise StopIteration("thrown")
    def close(self): print("close")
c = it(Custom()); print(next(c), c.send(1)); show(c.throw, ValueError); c = it(Custom()); next(c); c.close()
def flat(l):
    for x in l:
        if isinstance(x, list): yield from flat(x)
        else: yield x
print(list(flat([1, [2, [3, [4]], 5]])))
def deep(n):
    if n: yield from deep(n - 1)
    yield n
print(list(deep(5)), sum(deep(200)))
def expr(): v = (yield from [1]) , (yield 2); return v
e = expr(); print(next(e), next(e))
try: e.send("s")
except StopIteration as s: print(s.value)
def me_too(): yield from loop
loop = me_too(); show(next, loop); g = it(x for x in "xy"); print(next(g), g.gi_yieldfrom is not None, list(g), g.gi_yieldfrom)
def bad_close():
    class B:
        def __iter__(self): return self
        def __next__(self): return 1
        def close(self): raise RuntimeError("close failed")
    yield from B()
b = bad_close(); next(b); show(b.close)
