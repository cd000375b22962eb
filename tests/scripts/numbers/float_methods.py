# methods of float
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for v in (0.0, -0.0, 1.5, -2.75, 1e300, 5e-324, float("inf"), float("nan"), 2.0**53):
    print(v.hex(), v.is_integer(), v.conjugate(), v.real, v.imag, repr(v), bool(v), abs(v), -v); show(v.as_integer_ratio); show(v.__int__); show(v.__floor__); show(v.__ceil__); show(v.__round__, 1); show(v.__round__)
print((1.5).__add__(1), (1.5).__add__("a"), (1.5).__eq__(1.5), (1.5).__divmod__(1), (2.5).__mod__(1), (1.5).__getnewargs__(), float.__getformat__("double")); show(float.__getformat__, "x"); show(float.is_integer); show(lambda: (1.5).as_integer_ratio(1))
class F(float): pass
f = F(1.5); f.note = 1; print(f, repr(f), type(f + 1).__name__, type(+f).__name__, f == 1.5, hash(f) == hash(1.5), f.note, type(F.fromhex("0x1p1")).__name__)
