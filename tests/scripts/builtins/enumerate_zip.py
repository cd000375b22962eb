# enumerate and zip: starts, lengths, strict, errors in the middle
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


show(lambda: list(enumerate("abc"))); show(lambda: list(enumerate("ab", 5))); show(lambda: list(enumerate("ab", start=2**64))); show(lambda: list(enumerate("ab", -1)))
show(enumerate); show(enumerate, 5); show(enumerate, "a", "b"); show(lambda: enumerate("a", 1, 2)); show(lambda: list(enumerate(iterable="ab", start=1))); show(lambda: enumerate("a", begin=1))
show(lambda: list(zip())); show(lambda: list(zip("abc"))); show(lambda: list(zip("abc", [1, 2]))); show(lambda: list(zip("ab", "cd", "ef", strict=True)))
show(lambda: list(zip("abc", "ab", strict=True))); show(lambda: list(zip("ab", "abc", strict=True))); show(lambda: list(zip("a", "a", "ab", strict=True))); show(lambda: list(zip("ab", "ab", "a", strict=True)))
show(zip, 1); show(zip, "a", None); show(lambda: zip("a", other=1))
def broken():
    yield 1
    raise KeyError("broken")
z = zip("ab", broken()); show(next, z); show(next, z); show(next, z)
it = iter([1, 2, 3]); print(list(zip(it, it))); e = enumerate("xy"); print(next(e), list(e), next(e, "done"), type(e).__name__, iter(e) is e)
first = iter("abcd"); print(list(zip(first, "xy")), list(first))
