# floor division, remainders, powers and shifts with all signs and sizes
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


big = 2**70 + 3
values = (0, 1, -1, 7, -7, 2**62, -2**62, 2**63 - 1, -2**63, big, -big)
for a in values:
    for b in (3, -3, 2**62 - 1, -2**63, big):
        print(a + b, a - b, a * b, a // b, a % b, a & b, a | b, a ^ b, divmod(a, b), a == b, a < b, a >= b)
for a in values:
    print(-a, +a, ~a, abs(a), a << 5, a >> 5, a << 70, a >> 70, a ** 3, bool(a), a / 3)
for f in (lambda: 1 << -1, lambda: 1 >> -1, lambda: 1 // 0, lambda: 1 % 0, lambda: 1 / 0, lambda: big // 0, lambda: 0 ** -1, lambda: 1 << 2**64, lambda: 0 << 2**64, lambda: 1 >> 2**64, lambda: -1 >> 2**64, lambda: 10**400 / 1, lambda: 10**400 / 10**399, lambda: 1 / 10**400, lambda: 1 + "a", lambda: "a" + 1, lambda: 1 + None, lambda: -"a", lambda: ~1.5, lambda: 1 << 1.0, lambda: 1 & 1.0, lambda: 1 @ 1, lambda: 2 ** -2, lambda: (-2) ** 0.5, lambda: 5 % -3, lambda: -5 % 3, lambda: 7 // -2, lambda: 1 < "a", lambda: 1 == "a", lambda: 1 < 1j):
    show(f)
