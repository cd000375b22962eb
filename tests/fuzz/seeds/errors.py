try:
    try: [][1]
    except IndexError as e: raise KeyError('k') from e
except* (KeyError, OSError) as g:
    print(g.exceptions)
def f(n): return f(n + 1)
try: f(0)
except RecursionError: pass
with __import__('contextlib').suppress(ZeroDivisionError): 1 / 0
assert True, 'no'
