# the digit limit of int <-> str, and conversions at the borders of machine words
import sys
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


show(sys.get_int_max_str_digits)
show(lambda: len(str(10**4299))); show(lambda: str(10**4300)); show(lambda: int("1" * 4301)); show(lambda: int("1" * 5000, 16) > 0); show(lambda: "%d" % 10**4300); show(lambda: f"{10**5000}"); show(lambda: len(hex(10**5000)))
show(sys.set_int_max_str_digits, 100); show(sys.set_int_max_str_digits, 0); show(lambda: len(str(10**6000))); show(sys.set_int_max_str_digits, 4300); show(repr, -10**4300)
for n in (2**31 - 1, 2**31, 2**62 - 1, 2**62, 2**63 - 1, 2**63, 2**64, -2**63, -2**63 - 1):
    print(n, str(n), int(str(n)) == n, n + 1 - 1 == n, n * n // n == n, hash(n) == hash(float(n)) if abs(n) in (2**31, 2**62, 2**63, 2**64) else "")
show(lambda: [1] * 2**63); show(lambda: "a" * 2**62); show(lambda: [][2**70:]); show(lambda: [][2**70]); show(lambda: "abc"[-2**70:2**70]); show(lambda: range(10)[2**70]); show(lambda: bytes(2**63)); show(lambda: b"a" * -2**70)
