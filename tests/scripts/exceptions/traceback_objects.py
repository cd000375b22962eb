# traceback objects and sys.exc_info
import sys, traceback
def a(): b()
def b(): raise ValueError("deep")
try: a()
except ValueError as e:
    tb = e.__traceback__
    while tb: print(tb.tb_frame.f_code.co_name, tb.tb_lineno, tb.tb_frame.f_lineno, tb.tb_lasti > 0); tb = tb.tb_next
    print(sys.exc_info()[0].__name__, sys.exc_info()[1] is e, sys.exc_info()[2] is e.__traceback__, sys.exception() is e)
    saved = e
print(sys.exc_info(), sys.exception()); print([f.name for f in traceback.extract_tb(saved.__traceback__)], traceback.format_exception_only(saved), traceback.format_exception_only(ValueError, saved))
print([(f.lineno, f.line, f.name) for f in traceback.extract_tb(saved.__traceback__)])
try: raise saved
except ValueError as again: print(len(traceback.extract_tb(again.__traceback__)))
try: raise saved.with_traceback(None)
except ValueError as again: print(len(traceback.extract_tb(again.__traceback__)))
tb = saved.__traceback__; 
try: tb.tb_next = tb
except ValueError as e: print(e)
tb.tb_next = None; print(tb.tb_next)
for bad in (5, "x"):
    try: tb.tb_next = bad
    except TypeError as e: print(e)
import types; t = types.TracebackType(None, sys._getframe(), 2, 42); print(t.tb_lineno, t.tb_lasti, t.tb_next)
def nest():
    try: 1 / 0
    except ZeroDivisionError:
        try: {}["x"]
        except KeyError: return [type(x).__name__ for x in (sys.exc_info()[1], sys.exc_info()[1].__context__)]
print(nest()); print(traceback.format_exc().strip())
try: exec(compile("x = 1\ny = undefined_thing\n", "made_up.py", "exec"), {})
except NameError as e: print([(f.filename, f.lineno, f.line) for f in traceback.extract_tb(e.__traceback__)][-1])
try: compile("a b", "made_up.py", "exec")
except SyntaxError as e: print(traceback.format_exception_only(e))
e = KeyError("k"); e.add_note("a note\nsecond line"); print(traceback.format_exception_only(e)); print(traceback.format_exception(ExceptionGroup("g", [ValueError(1), TypeError(2)])))
class Weird(Exception):
    def __str__(self): raise RuntimeError
print(traceback.format_exception_only(Weird()))
