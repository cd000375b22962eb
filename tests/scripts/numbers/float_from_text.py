# float(): texts and other types
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for v in ("1", "-1.5", " 2.5 ", "1e5", "1E-5", ".5", "5.", ".", "", "e5", "1e", "1_0.5", "1__0", "1_.5", "inf", "-Infinity", "nan", "+NaN", "infinit", "0x1p3", "1.5.5", "\u0661.5", "1\0", b"2.5", b"x", bytearray(b"3"), 5, True, 10**400, None, [], 1j, "1e400", "-1e-400", "123456789012345678901234567890"):
    show(float, v)
class A:
    def __float__(self): return 1.25
class B:
    def __index__(self): return 3
class C:
    def __float__(self): return 1
class F(float):
    def __float__(self): return 9.0
show(float, A()); show(float, B()); show(float, C()); show(float, F(2)); show(float); show(float, 1, 2); show(float, x=1); show(float.fromhex, "0x1.8p1"); show(float.fromhex, "-inf"); show(float.fromhex, "1.1"); show(float.fromhex, "zz"); show(float.fromhex, "0x1p5000"); show(float.fromhex, 5)
for h in ("0x.1p4", "  0x1p-3 ", "0x1.fffffffffffff8p0", "0x1p-1074", "0x1p-1075", "0x1.8p-1075", "0x0.0000000000001p-1022", "1p2", "0x1.", "0x.", "+0xAp0"):
    show(float.fromhex, h)
