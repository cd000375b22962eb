# except clauses: tuples, expressions, order, things that cannot be caught
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


def t(exc, *clauses):
    for c in clauses:
        try: raise exc
        except c: return f"caught by {c}"
def run(code): exec(code)
for code in ("try: raise KeyError\nexcept LookupError as e: print('lookup', repr(e))", "try: raise ValueError\nexcept (KeyError, (TypeError, ValueError)): print('nested tuple')", "try: raise ValueError\nexcept (KeyError, ValueError): print('tuple')", "try: raise ValueError\nexcept 5: pass", "try: raise ValueError\nexcept 'x': pass", "try: raise ValueError\nexcept (ValueError, 5): print('x')", "try: raise ValueError\nexcept (5, ValueError): print('x')", "try: raise ValueError\nexcept int: pass", "try: raise ValueError\nexcept [ValueError]: pass", "try: raise ValueError\nexcept undefined: pass", "try: pass\nexcept undefined: pass", "try: raise ValueError\nexcept (): print('never')", "try: raise ValueError\nexcept: print('bare')", "try: raise SystemExit\nexcept Exception: print('no')", "try: raise SystemExit\nexcept BaseException: print('base')", "try: raise KeyError(1)\nexcept Exception as e: print(e.args)", "try: [][1]\nexcept IndexError as e: print(e)", "try: {}['a']\nexcept KeyError as e: print(e, repr(e), e.args)", "try: int('x')\nexcept ValueError as e: print(e)", "try: None.x\nexcept AttributeError as e: print(e, e.name, e.obj)", "try: undefined\nexcept NameError as e: print(e, e.name)", "try: import nope_x\nexcept ImportError as e: print(e, e.name, e.path, type(e).__name__)", "try: from os import nope_x\nexcept ImportError as e: print(str(e)[:35], e.name)"):
    show(run, code)
class Meta(type):
    def __instancecheck__(cls, o): return True
    def __subclasscheck__(cls, o): return True
class Liar(Exception, metaclass=Meta): pass
try:
    try: raise ValueError("not a liar")
    except Liar: print("caught by liar")
except ValueError: print("real class decides")
class A(Exception): pass
class B(A): pass
for e in (A, B):
    try: raise e
    except B: print("B")
    except A: print("A")
print(issubclass(FileNotFoundError, OSError), IOError is OSError, EnvironmentError is OSError, issubclass(UnicodeDecodeError, ValueError), issubclass(KeyError, LookupError), issubclass(ZeroDivisionError, ArithmeticError), issubclass(RecursionError, RuntimeError), issubclass(ModuleNotFoundError, ImportError), issubclass(TabError, SyntaxError), issubclass(SystemExit, Exception))
