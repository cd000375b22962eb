# __bool__, __int__, __float__, __index__, __str__, __repr__, __bytes__, __hash__, __format__ that answer wrongly
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


def make(**methods): return type("C", (), {k: (lambda v: lambda self, *a: v)(v) for k, v in methods.items()})()
for name, f, answers in (("__bool__", bool, (True, 1, None)), ("__len__", len, (0, -1, "x")), ("__int__", int, (5, "5", 5.0, True)), ("__float__", float, (1.5, 1, "1")), ("__index__", hex, (5, 5.0, True)), ("__complex__", complex, (1j, 1)), ("__str__", str, ("s", 5, None)), ("__repr__", repr, ("r", b"r")), ("__bytes__", bytes, (b"b", "b")), ("__hash__", hash, (5, 2**64, -1, "h")), ("__format__", format, ("f", 5)), ("__round__", round, ("any",)), ("__trunc__", __import__("math").trunc, ("any",)), ("__dir__", dir, ([2, 1], 5)), ("__sizeof__", __import__("sys").getsizeof, (100, "x", -5)), ("__length_hint__", lambda v: __import__("operator").length_hint(v), (3, -1, "x", NotImplemented)), ("__iter__", iter, (5, None)), ("__reversed__", reversed, (5,)), ("__contains__", lambda v: 1 in v, (5, 0, "")), ("__abs__", abs, (None,)), ("__neg__", lambda v: -v, ("n",)), ("__invert__", lambda v: ~v, ("i",)), ("__pos__", lambda v: +v, ("p",)), ("__instancecheck__", lambda v: isinstance(1, v), (1, 0)), ("__call__", lambda v: v(1, 2), ("called",)), ("__fspath__", __import__("os").fspath, ("p", b"p", 5)), ("__enter__", lambda v: exec("with v: pass", {"v": v}), (1,)), ("__await__", lambda v: v.__await__(), (5,))):
    for a in answers:
        show(f, make(**{name: a}))
