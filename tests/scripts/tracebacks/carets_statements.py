# carets of statements: assignments, del, for, with, import, assert, raise, return
import traceback, sys
def show(code):
    try: exec(compile(code, "<text>", "exec"), {})
    except Exception as e: tb = traceback.TracebackException.from_exception(e); print("".join(tb.format()).replace('File "', "F "), end="")
for code in ("x = 1\nx.y = 2", "a, b = 1, 2, 3", "a, *b = 5", "del q", "for i in 5: pass", "with 5: pass", "import nope", "x = 5; x.nope", "assert 1 == 2, 'message'", "assert 0", "raise ValueError('v')", "class C(5): pass", "def f(): return 1 / 0\nf()", "x = {}\nx['a'] += 1", "x = ()\nx[0] = 1", "del {}['k']", "@5\ndef f(): pass", "def f(x=1/0): pass", "while 1 / 0: pass", "if undefined: pass", "match 1 / 0:\n case _: pass", "lambda: 0\n1()", "global g\ng + 1", "try: 1 / 0\nfinally: x = 1", "print(*5)", "x: int = y", "[].a = 1", "a = b = c"):
    show(code)
