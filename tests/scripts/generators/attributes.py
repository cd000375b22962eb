# gi_ attributes, repr, generator expressions as objects
import inspect
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


def g(a): "doc"; b = a + 1; yield b; yield
x = g(1); print(x.__name__, x.__qualname__, x.gi_running, x.gi_frame is not None, x.gi_code.co_name, x.gi_yieldfrom, repr(x)[:20], inspect.getgeneratorstate(x)); next(x); print(x.gi_frame.f_locals, x.gi_frame.f_lineno, inspect.getgeneratorstate(x)); list(x); print(x.gi_frame, inspect.getgeneratorstate(x)); x.__name__ = "new"; x.__qualname__ = "q.new"; print(repr(x)[:23]); show(setattr, x, "__name__", 5); show(setattr, x, "gi_code", 5); show(setattr, x, "attr", 5); show(lambda: x.nope)
e = (i * j for i in range(3) for j in "ab" if i); print(e.__name__, e.__qualname__, type(e).__name__, list(e), iter(e) is e); show(len, e); show(lambda: e[0]); show(type(e)); print(inspect.isgenerator(e), inspect.isgeneratorfunction(g), hash(e) == hash(e), e == e, bool(e))
l = [1, 2]; lazy = (v for v in l); l.append(3); print(list(lazy)); show(lambda: (v for v in 5)); n = 1; later = (n * v for v in [1]); n = 10; print(list(later)); print(sum(v for v in range(5)), max((v for v in "abc"), default=0), sorted((v for v in (3, 1)), reverse=True), "".join(c for c in "xy"), dict((k, 1) for k in "ab"), any(v > 2 for v in range(5)), list(zip((v for v in "ab"), (v for v in "cd"))))
def f(*a): return a
print(f(v for v in "ab")[0].__name__, f((v for v in "a"), 1)[1], *(v for v in "xyz")); h = (lambda: (yield 5))(); print(next(h), [*(lambda: (yield))()])
