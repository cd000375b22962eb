"""Exceptions that hold each other are found by the collector."""
import gc
import weakref


class Plain(Exception):
    pass


class Witness:
    pass


def cycle(cls):
    a, b = cls("a"), cls("b")
    a.__cause__, b.__cause__ = b, a
    a.witness = witness = Witness()
    return weakref.ref(witness)


for cls in (ValueError, KeyError, OSError, Plain, StopIteration, SyntaxError):
    ref = cycle(cls)
    gc.collect()
    print(cls.__name__, ref() is None)

try:
    try:
        raise KeyError("k")
    except KeyError as k:
        try:
            raise ValueError from k
        except ValueError as e:
            e.witness = w = Witness()
            ref = weakref.ref(w)
            del w
            raise e.__cause__ from e
except KeyError as last:
    print(repr(last), repr(last.__cause__), last.__cause__.__cause__ is last)
    del last
gc.collect()
print(ref() is None)
