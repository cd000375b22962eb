"""A finalizer that runs while a function's locals go may look at the frames: nothing that is gone is shown."""
import sys
import warnings


class D:
    def __del__(self):
        frame = sys._getframe(1)
        for name, value in list(frame.f_locals.items()):
            repr(value)
        seen.append(frame)


seen = []


def returns():
    a = [1, [2]]
    d = D()
    b = {"k": a}
    return 3


def raises():
    a = [1, [2]]
    d = D()
    b = {"k": a}
    raise ValueError("v")


def yields():
    a = [1, [2]]
    d = D()
    yield a


print(returns())
try:
    raises()
except ValueError as e:
    print(e)
print(list(yields()))
print(len(seen), all(f is not None for f in seen))
seen.clear()
