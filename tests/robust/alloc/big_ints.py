x = 3**400
y = x // 7**100 + x % 12345678901234567890
-x, ~x, abs(-x), x << 100, x >> 50, x & y, x | y, x ^ y, x - y, x * y, divmod(x, y), pow(x, 65537, 10**30 + 57), x == y, x < y, hash(x)
str(x), hex(x), int(str(x)), float(y % 10**20), x / y, x.bit_length(), x.to_bytes(100, 'big'), int.from_bytes(b'\x01' * 40, 'little'), round(x, -20), f'{x:,}', int('f' * 60, 16)
import math
math.factorial(60), math.comb(100, 50), math.gcd(x, y), math.isqrt(x), sum([x, y, 1.5]), range(x, x + 5)[2], 10**30 in range(0, 10**31, 10)
