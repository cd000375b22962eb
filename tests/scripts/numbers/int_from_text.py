# int(): texts, bases, underscores, spaces, other types
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for v in ("0", "-5", "+7", "  12\n", "1_000", "1__0", "_1", "1_", "", " ", "- 1", "0x10", "0b1", "1.0", "1e3", "\u0663\u0661", "\u00b2", "12a", "\ud800", b"12", b" 7 ", b"\xff", bytearray(b"9"), 1.9, -1.9, True, None, [], 1j, "9" * 30):
    show(int, v)
for v, b in (("10", 2), ("ff", 16), ("0xff", 16), ("0xff", 0), ("0b101", 0), ("0o17", 0), ("017", 0), ("0", 0), ("00", 0), ("z", 36), ("z", 35), ("10", 1), ("10", 37), ("10", -2), ("2", 2), ("0b2", 0), ("0x", 16), (b"11", 2), (5, 2), ("1_0", 2), ("0_7", 8), ("0x_f", 0), ("-0x1f", 16), ("10", True), ("10", 2.0), ("10", "2"), ("1" * 100, 3)):
    show(int, v, b)
show(int); show(int, base=2); show(int, "1", 2, 3); show(int, x=1); show(int, "12", base=8)
class A:
    def __int__(self): return 42
class B:
    def __index__(self): return 43
class C:
    def __trunc__(self): return 44
class D:
    def __int__(self): return "x"
show(int, A()); show(int, B()); show(int, D()); show(int, "10", B()); show(int, float("nan")); show(int, float("inf")); show(int, 1e30)
