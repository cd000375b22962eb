# format specs of float
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for spec in ("", "5", "10.3", ".3", ".0", "f", ".2f", "10.2f", "<10.1f|", "e", ".3e", "E", "g", ".3g", "G", "%", ".1%", "n", "+.2f", " .2f", "010.2f", "=+10.1f", "*^12.2f", ",", ",.2f", "_.3f", "#.0f", "#g", "#.3g", "z", "z.1f", "d", "x", "s", "c", ".2147483648f", ".-1f", "5.f", "+", "-10", "^10", "0", "#", "#e", "+,.1%"):
    for v in (0.0, -0.0, 1.5, -2.675, 1234567.891, 1e-7, 1e22, float("inf"), float("nan"), -float("inf")):
        try: print(format(v, spec), end="|")
        except Exception as e: print(type(e).__name__, e, end="|")
    print(spec)
print(format(1e308 * 10, "f"), format(0.1, ".55f"), format(2.5, ".0f"), format(3.5, ".0f"), format(0.5, ".0f"), format(1e16, "g"), format(123456789.0, ".3"), format(0.00001234, ".3"), format(5e-324, "e"), format(1e15, ""), format(1e16, ""), format(1.0, "5"), format(100000.0, ".2"), format(1e5, "n"))
