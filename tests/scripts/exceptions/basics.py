import traceback
def f(n):
    try:
        if n == 0: raise ValueError("zero")
        if n == 1: raise KeyError("one")
        return "ok"
    except ValueError as e: return f"VE {e}"
    except (KeyError, IndexError) as e: return f"KE {e!r}"
    else: return "else"
    finally: print("fin", n)
print(f(0), f(1), f(2))
try:
    try: 1 / 0
    except ZeroDivisionError as e: raise RuntimeError("wrapped") from e
except RuntimeError as e: print(repr(e.__cause__), e.__suppress_context__)
try:
    try: 1 / 0
    except ZeroDivisionError: undefined
except NameError as e: print(repr(e.__context__))
try: raise ValueError("a", 1)
except ValueError as e: print(e, e.args, repr(e), str(KeyError("k")))
class My(Exception):
    def __init__(self, code): super().__init__(f"code {code}"); self.code = code
try: raise My(5)
except My as e: print(e, e.code)
e = ValueError("n"); e.add_note("note 1"); print(e.__notes__)
try: raise 5
except TypeError as e: print(e)
try: raise
except RuntimeError as e: print(e)
def g():
    try: return 1
    finally: return 2
print(g())
try:
    try: raise ValueError
    finally: print("f")
except ValueError: print("v")
try:
    raise ExceptionGroup("g", [ValueError(1), ExceptionGroup("h", [TypeError(2), KeyError(3)])])
except* (ValueError, KeyError) as eg: print(repr(eg))
except* TypeError as eg: print(repr(eg))
try: [].pop()
except IndexError as e: print(type(e).__mro__[1].__name__, e)
for x in (StopIteration(3), OSError(2, "No such", "f"), SystemExit(4), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), ImportError("m", name="n"), SyntaxError("bad", ("f", 1, 2, "t"))):
    print(repr(x), str(x), [getattr(x, a, None) for a in ("value", "errno", "code", "reason", "name", "lineno")])
assert 1
try: assert 0, "msg"
except AssertionError as e: print(e)
try:
    def inner(): raise KeyError("deep")
    inner()
except KeyError as e: print(traceback.format_exception_only(type(e), e), len(traceback.extract_tb(e.__traceback__)))
def ctx():
    try: raise ValueError
    except ValueError: pass
    import sys
    return sys.exc_info()
print(ctx())
