# complex: making, printing, arithmetic, errors
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for args in ((), (1,), (1, 2), (1.5, -0.0), ("1+2j",), (" 1-2J ",), ("j",), ("-j",), ("1e5j",), ("inf+nanj",), ("(1+2j)",), ("1 + 2j",), ("",), ("1+2",), ("a",), ("1", 2), (1, "2"), (1j, 1j), (True, False), (None,), ([],), (1, 2, 3)):
    show(complex, *args)
show(complex, real=1, imag=2); show(complex, x=1)
z = 3 + 4j
print(z.real, z.imag, z.conjugate(), abs(z), -z, +z, bool(0j), bool(z), z == 3 + 4j, z != 3, 3 + 0j == 3, hash(3 + 0j) == hash(3), z + 1, 1 - z, z * z, z / 2, z ** 2, z ** 0.5 == 2 + 1j, 2 ** z, z ** -1, 0j ** 0, repr(-0j), str(1j), 1e20j, (-1 + 0j), complex(-0.0, 1), complex(0, float("nan")), complex(float("inf"), -1))
for f in (lambda: z < z, lambda: z // 2, lambda: z % 2, lambda: divmod(z, 2), lambda: int(z), lambda: float(z), lambda: z / 0, lambda: 0j ** -1, lambda: pow(z, 2, 3), lambda: round(z), lambda: z + "a", lambda: ~z, lambda: z << 1, lambda: setattr(z, "real", 1), lambda: z ** 1000, lambda: z.x):
    show(f)
for spec in ("", ".2f", "10.1f", "<15", "+.1e", "g", "x", "010", "=10", ",.1f"):
    show(format, z, spec)
class C:
    def __complex__(self): return 1 + 2j
class D:
    def __complex__(self): return 5
class E(complex): pass
show(complex, C()); show(complex, D()); print(type(E(1) + 1).__name__, E(1, 2), repr(E(1)), z.__getnewargs__(), complex.__add__(1j, 2))
