print(2 ** 100, -2 ** 63, 10 ** 20 // 3, 10 ** 20 % 7, (1 << 64) - 1, int("12" * 20), hex(2 ** 70), bin(10), oct(8), 0xff, 0b11, 0o17, 1_000)
print(int("0x1f", 16), int("z", 36), int(" 42 "), int(-3.9), int("-0b11", 0), (255).to_bytes(2, "big"), int.from_bytes(b"\x01\x00", "little"), (5).bit_length(), (-7).bit_count())
print(7 .__divmod__(2), pow(3, 200, 13), pow(2, -1, 7), abs(-5), round(2.5), round(3.14159, 2), round(1234, -2), round(-2.5), 5 .conjugate(), (3).numerator)
print(1.5.is_integer(), 0.75.as_integer_ratio(), (1.5).hex(), float.fromhex("0x1.8p0"), float("nan") != float("nan"), float("-inf"), 1e308 * 10, 3.0 // 2, -3.5 % 2, 2.0 ** 0.5)
print(0.1, 1 / 3, 100.0, 1e15, 1e16, 123456.789e3, 2.5e-10, 1.7976931348623157e308, float("1e400"), -0.0, 5 / 2 * 2, 1e23, 9007199254740993.0)
print(True + True, True == 1, isinstance(True, int), bool("a"), ~True, True & False, int(True), str(True))
print(hash(1) == hash(1.0) == hash(True), hash(2 ** 61 - 1), hash(-1), hash(2 ** 100), hash(0.5), hash(1 + 0j), hash(float("inf")))
print(complex(1, 2), (1 + 2j).conjugate(), (3 + 4j).real, 1j * 1j, complex("3-4j"), abs(1 + 1j), (1 + 2j) / (1 - 1j), -(1j), complex(1.5), 2 ** 0.5j)
print(max(1, 2.5, True), min(3, 1, 2), sum(range(101)), divmod(10 ** 18, 7), (10 ** 18) ** 2, -(10 ** 30) // 7, 10 ** 30 >> 5, -(10 ** 30) & 0xffff, (10 ** 30) | 1, (10 ** 30) ^ (10 ** 29))
for f in [lambda: int("a"), lambda: int(None), lambda: int("1.5"), lambda: float("x"), lambda: 1 // 0, lambda: 1 % 0, lambda: 1.0 // 0, lambda: 0.0 ** -1, lambda: (-8) ** 0.5, lambda: int(float("nan")), lambda: int(float("inf")), lambda: 10.0 ** 400, lambda: (1).foo, lambda: 1 << 1.0, lambda: round("a"), lambda: pow(2, 3, 0), lambda: complex("x"), lambda: 1j < 2j, lambda: int("9" * 5000), lambda: (5).to_bytes(0, "big"), lambda: 1 .__add__("a")]:
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
a = 4611686018427387903
print(a + 1, a * 2, -a - 2, a * a, (a + 1) // 2, a - (a + 5), int(a / 3), a % 1000, a ** 3 % 97, -a // 3)
x = 0
for i in range(10): x = x * 31 + i
print(x, sum([0.1] * 10), 3 * 0.1, 0.1 + 0.7, 1e-7, 1.0e10)
