class E(Exception):
    def __init__(self, code): self.code = code
def f(n):
    if n == 0: raise E(n)
    f(n - 1)
try:
    try: f(5)
    except E as e: raise KeyError('k') from e
except KeyError as e:
    e.add_note('n')
    str(e), repr(e.__cause__.code), e.__traceback__.tb_frame.f_locals
try: raise ExceptionGroup('g', [ValueError(1), OSError(2, 'no', 'file')])
except* ValueError as g: g.exceptions
except* OSError as g: g.exceptions
for source in ('1 +', 'x = "', 'def f(:', 'return', '  x', 'f(a=1, 2)'):
    try: compile(source, 'name', 'exec')
    except SyntaxError as e: str(e), e.text
for bad in (lambda: [][1], lambda: {}['k'], lambda: int('x'), lambda: None.a, lambda: nope, lambda: 1 / 0, lambda: 'a' + 1, lambda: len(3), lambda: f(1, 2)):
    try: bad()
    except Exception as e: str(e)
class M:
    def __enter__(self): return self
    def __exit__(self, *info): return True
with M() as m: raise IndexError
