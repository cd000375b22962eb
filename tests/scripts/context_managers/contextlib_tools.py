# contextlib: contextmanager, closing, suppress, redirect, ExitStack
import contextlib, io
@contextlib.contextmanager
def cm(x):
    print("enter", x)
    try: yield x
    finally: print("exit", x)
with cm(1) as a, contextlib.suppress(ValueError), cm(2): raise ValueError
class C:
    def close(self): print("closed")
with contextlib.closing(C()), contextlib.nullcontext(5) as n: print(n)
with contextlib.redirect_stdout(io.StringIO()) as out: print("hidden")
print(repr(out.getvalue()))
with contextlib.ExitStack() as s:
    for i in range(2): s.enter_context(cm(i))
    s.callback(print, "callback"); s.push(lambda *a: print("push", a[0]))
@cm("deco")
def f(): print("in f")
f()
@contextlib.contextmanager
def noyield():
    if False: yield
@contextlib.contextmanager
def two(): yield 1; yield 2
for m in (noyield, two):
    try:
        with m(): pass
    except RuntimeError as e: print(e)
