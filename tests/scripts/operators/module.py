# the operator module's functions
import operator as op
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for name, args in (("add", (1, 2)), ("sub", (5, 3)), ("mul", ("a", 3)), ("truediv", (7, 2)), ("floordiv", (7, 2)), ("mod", (7, 3)), ("pow", (2, 8)), ("matmul", (1, 2)), ("and_", (6, 3)), ("or_", (6, 3)), ("xor", (6, 3)), ("lshift", (1, 4)), ("rshift", (16, 2)), ("neg", (5,)), ("pos", (-5,)), ("invert", (5,)), ("abs", (-5,)), ("not_", ([],)), ("truth", ([1],)), ("is_", (None, None)), ("is_not", (1, None)), ("lt", (1, 2)), ("le", (2, 2)), ("eq", (1, 1.0)), ("ne", (1, 2)), ("gt", (1, 2)), ("ge", ("b", "a")), ("concat", ([1], [2])), ("concat", (1, 2)), ("contains", ([1, 2], 2)), ("countOf", ([1, 2, 1], 1)), ("indexOf", ([1, 2], 2)), ("indexOf", ([1], 9)), ("getitem", ([1, 2], 1)), ("getitem", ({}, "k")), ("index", (5,)), ("index", (1.5,)), ("length_hint", ([1, 2],)), ("length_hint", (5, 9)), ("iadd", ([1], [2])), ("imul", (3, 4)), ("add", ("a", 1)), ("add", (1,)), ("call", (len, [1]))): show(getattr(op, name), *args)
l = [1, 2, 3]; op.setitem(l, 0, 9); op.delitem(l, 1); print(l); print(op.itemgetter(1)([5, 6]), op.itemgetter(0, 2)("abc"), op.itemgetter("k")({"k": 1}), op.itemgetter(slice(1, None))("abc"), op.attrgetter("real")(5), op.attrgetter("real", "imag")(1j), op.attrgetter("__class__.__name__")(5), op.methodcaller("upper")("a"), op.methodcaller("split", ",", maxsplit=1)("a,b,c")); show(op.itemgetter(5), []); show(op.attrgetter("nope"), 5); show(op.methodcaller("nope"), 5); show(op.itemgetter); show(op.attrgetter, 5); show(op.methodcaller); print(repr(op.itemgetter(1, 2)), repr(op.attrgetter("a.b")), repr(op.methodcaller("m", 1, k=2)), sorted([(2, "a"), (1, "b")], key=op.itemgetter(0)), op.__add__(1, 2))
