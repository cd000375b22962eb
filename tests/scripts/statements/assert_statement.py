# assert with and without a message
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


def a(code): exec(code)
show(a, "assert True"); show(a, "assert 1, undefined"); show(a, "assert 0"); show(a, "assert []"); show(a, "assert 0, 'msg'"); show(a, "assert 0, ('t', 1)"); show(a, "assert 0, None"); show(a, "assert 0, ValueError('x')"); show(a, "assert undefined"); show(a, "assert 0, undefined"); show(a, "assert (x := 5) > 3"); show(a, "assert not 1, 1 + 1")
class Falsy:
    def __bool__(self): raise RuntimeError("bool")
show(lambda: exec("assert f", {"f": Falsy()})); print(__debug__)
try: assert False, "text"
except AssertionError as e: print(e.args, repr(e))
real = AssertionError
try:
    exec("AssertionError = ValueError\nassert 0, 'still AssertionError'")
except real as e: print(type(e) is real, e)
