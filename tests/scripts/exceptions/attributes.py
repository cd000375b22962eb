# args, str, repr and the own attributes of exceptions
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for e in (Exception(), Exception(1), Exception(1, "a"), ValueError("msg"), KeyError(), KeyError("k"), KeyError("a", "b"), KeyError(""), IndexError([1]), OSError(), OSError(2), OSError(2, "No such"), OSError(2, "No such", "file"), OSError(2, "No such", "a", None, "b"), OSError("text"), OSError(1, 2, 3, 4, 5, 6), FileNotFoundError(5, "x"), StopIteration(), StopIteration(5), StopIteration(1, 2), SystemExit(), SystemExit(3), SystemExit(1, 2), ImportError("m", name="n", path="p"), NameError("n", name="x"), AttributeError("a", name="n", obj=5), SyntaxError("m"), SyntaxError("m", ("f", 1, 2, "text")), SyntaxError("m", ("f", 1, 2, "text", 3, 4)), UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), UnicodeEncodeError("ascii", "\xe9x", 0, 2, "bad"), UnicodeTranslateError("x", 0, 1, "r"), AssertionError("a"), GeneratorExit(), StopAsyncIteration(), BlockingIOError(11, "b", 5), ExceptionGroup("g", [ValueError(1)]), Warning("w"), MemoryError(), RecursionError("r")):
    print(type(e).__name__, repr(e), ascii(str(e)), e.args, {n: getattr(e, n) for n in ("errno", "strerror", "filename", "filename2", "value", "code", "name", "path", "obj", "msg", "lineno", "offset", "text", "end_lineno", "end_offset", "encoding", "object", "start", "end", "reason", "message", "characters_written") if hasattr(e, n)})
for f in (lambda: Exception(a=1), lambda: ImportError("x", what=1), lambda: OSError(a=1), lambda: StopIteration(value=1), lambda: SyntaxError("m", 5), lambda: SyntaxError("m", (1, 2)), lambda: UnicodeDecodeError("a"), lambda: UnicodeDecodeError("a", "b", 0, 1, "r"), lambda: UnicodeEncodeError("a", b"b", 0, 1, "r"), lambda: UnicodeEncodeError("a", "b", "0", 1, "r"), lambda: NameError("x", other=1), lambda: AttributeError(name="n", zzz=1), lambda: KeyError(key=1)):
    show(f)
e = ValueError("x"); e.args = (1, 2); print(e, repr(e)); e.args = [5]; print(e.args, e); show(setattr, e, "args", 5); show(setattr, e, "__cause__", 5); show(setattr, e, "__context__", 5); show(setattr, e, "__traceback__", 5); show(delattr, e, "args"); e.extra = 1; print(e.__dict__); show(e.with_traceback, 5); print(e.with_traceback(None) is e, e.__traceback__, e.__cause__, e.__context__, e.__suppress_context__)
e.add_note("note 1"); e.add_note("note 2"); print(e.__notes__); show(e.add_note, 5); e.__notes__ = 5; show(e.add_note, "x")
class My(ValueError):
    def __init__(self, a): self.a = a
    def __str__(self): return f"My {self.a}"
m = My(7); print(m, repr(m), m.args, str(m)); s = SystemExit(4); s.code = 9; print(s.code); o = OSError(2, "x"); o.errno = 5; print(o, o.args); s = StopIteration(1); s.value = 2; print(s.value, s.args); print(OSError(2, "a") == OSError(2, "a"), type(OSError(17, "x")).__name__, type(OSError(13, "x", "f")).__name__, type(OSError(9999, "x")).__name__)
class Sub(OSError): pass
print(type(Sub(2, "x")).__name__, Sub(2, "x", "f"))
