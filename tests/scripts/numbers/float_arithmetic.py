# arithmetic of floats: signs of zero, infinities, nan, errors
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


inf, nan = float("inf"), float("nan")
values = (0.0, -0.0, 1.0, -2.5, inf, -inf, nan, 3)
for a in values:
    for b in (0.0, -0.0, 2.0, -3.5, inf, nan):
        print(a + b, a - b, a * b, a == b, a < b, a >= b, end=" "); show(lambda: a / b); show(lambda: a // b); show(lambda: a % b); show(lambda: divmod(a, b)); show(lambda: a ** b)
print(0.1 + 0.2, 1e16 + 1, 1e308 * 10, -1e308 * 10, 5e-324 / 2, 2 ** 0.5, 10 ** -3, 1.0 == 1, 2**53 == 2.0**53, 2**53 + 1 == 2.0**53, 10**400 > 1e308, 10**400 == inf, nan != nan, nan in [nan], [nan] == [nan], max(1, nan), min(nan, 1))
show(lambda: 1e308 ** 2); show(lambda: (-8.0) ** (1 / 3)); show(lambda: 1.0 + "a"); show(lambda: 1.5 << 1); show(lambda: ~1.5); show(lambda: 1.5 < "a"); show(lambda: 1.5 // 0); show(lambda: 0.0 ** -1); show(lambda: int(1e400)); show(lambda: pow(2.0, 3, 5)); show(lambda: 1.5 @ 2); show(lambda: "a" * 1.5); show(lambda: [1][1.0]); show(lambda: 10**400 * 1.0)
