# exception groups: making, splitting, except*
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


eg = ExceptionGroup("top", [ValueError(1), TypeError("t"), ExceptionGroup("sub", [KeyError("k"), ValueError(2)])])
print(repr(eg), str(eg), eg.message, eg.exceptions[0], len(eg.exceptions)); print(eg.split(ValueError)); print(eg.subgroup(KeyError)); print(eg.subgroup(lambda e: isinstance(e, TypeError))); print(eg.split(OSError)); print(eg.subgroup((KeyError, TypeError))); print(eg.derive([ValueError(9)]))
for a in (("m", []), ("m", 5), (5, [ValueError()]), ("m",), ("m", [5]), ("m", [ValueError]), ("m", [KeyboardInterrupt()]), ("m", (ValueError(),)), ("m", [ValueError()], 3)): show(ExceptionGroup, *a)
print(type(BaseExceptionGroup("b", [ValueError()])).__name__, type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__, ExceptionGroup.__mro__[1:3]); show(eg.split, 5); show(setattr, eg, "message", "x"); show(setattr, eg, "exceptions", ())
def star(exc):
    out = []
    try:
        try: raise exc
        except* ValueError as e: out.append(("V", repr(e)))
        except* (TypeError, OSError) as e: out.append(("T", repr(e)))
        else: out.append("else")
        finally: out.append("finally")
    except BaseException as e: out.append(("left", repr(e)))
    return out
for e in (eg, ValueError("plain"), KeyError("other"), ExceptionGroup("o", [OSError(1)]), ExceptionGroup("n", [KeyError(1)]), KeyboardInterrupt()): print(*star(e), sep="\n  ")
def raising():
    try:
        try: raise ExceptionGroup("g", [ValueError(1), TypeError(2), KeyError(3)])
        except* ValueError: raise RuntimeError("new")
        except* TypeError as e: raise
    except BaseException as e: return e
r = raising(); print(repr(r)); print(repr(r.exceptions[0].__context__))
def bare():
    try: raise ValueError(1)
    except* ValueError as e: raise e.exceptions[0]
try: bare()
except BaseException as e: print(repr(e))
for code in ("try: pass\nexcept* : pass", "try: pass\nexcept* ValueError: pass\nexcept KeyError: pass", "def f():\n try: pass\n except* E: return", "for i in x:\n try: pass\n except* E: break", "while 1:\n try: pass\n except* E: continue"):
    try: compile(code, "f", "exec"); print("ok")
    except SyntaxError as e: print(e.msg)
def bad_type():
    try: raise ValueError
    except* ExceptionGroup: pass
def bad2():
    try: raise ValueError
    except* 5: pass
show(bad_type); show(bad2)
class MyG(ExceptionGroup):
    def derive(self, excs): return MyG(self.message + "!", excs)
print(MyG("m", [ValueError(1), KeyError(2)]).split(KeyError)); g = ExceptionGroup("notes", [ValueError()]); g.add_note("n"); a, b = g.split(ValueError); print(a.__notes__, b)
