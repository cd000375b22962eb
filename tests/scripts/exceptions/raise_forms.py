# raise: classes, instances, from, bare, and what cannot be raised
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


def r(code): exec(code, {"E": E, "cls": ValueError, "inst": KeyError("k")})
class E(Exception):
    def __init__(self, a, b=2): super().__init__(a); self.b = b
for code in ("raise ValueError", "raise ValueError()", "raise ValueError('a', 1)", "raise cls", "raise inst", "raise E", "raise E(1)", "raise", "raise 5", "raise 'x'", "raise None", "raise int", "raise object", "raise type", "raise ValueError from KeyError('c')", "raise ValueError from None", "raise ValueError from 5", "raise ValueError from int", "raise 5 from ValueError", "raise NotImplemented", "raise StopIteration(3)", "raise SystemExit(3)", "raise SystemExit('text')", "raise KeyboardInterrupt", "raise GeneratorExit", "raise BaseException('b')", "raise (ValueError, 'x')", "raise [ValueError]", "raise KeyError('k')", "raise OSError(2, 'gone', 'file')", "raise AssertionError", "raise ExceptionGroup('g', [ValueError(1)])"):
    show(r, code)
def chain():
    try:
        try: 1 / 0
        except ZeroDivisionError as z: raise ValueError("v") from z
    except ValueError as v:
        return repr(v.__cause__), repr(v.__context__), v.__suppress_context__
print(chain())
def implicit():
    try:
        try: 1 / 0
        except ZeroDivisionError: undefined_name
    except NameError as n: return repr(n.__cause__), repr(n.__context__), n.__suppress_context__
print(implicit())
def none():
    try:
        try: 1 / 0
        except ZeroDivisionError: raise KeyError from None
    except KeyError as k: return k.__cause__, repr(k.__context__), k.__suppress_context__
print(none())
def again():
    try:
        try: raise ValueError("first")
        except ValueError:
            try: raise KeyError("second")
            except KeyError: pass
            raise
    except ValueError as e: return repr(e), repr(e.__context__)
print(again())
class NewNot(Exception):
    def __new__(cls): return 5
class InitFails(Exception):
    def __init__(self): raise TypeError("init failed")
show(r, "raise E.__class__"); 
def nn(): raise NewNot
def inf(): raise InitFails
show(nn); show(inf)
def self_cause():
    e = ValueError("self")
    try: raise e from e
    except ValueError as x: return x.__cause__ is x
print(self_cause())
