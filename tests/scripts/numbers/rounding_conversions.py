# int(), round(), floor, ceil, trunc on the same values
import math
for v in (2.5, -2.5, 0.5, 1.4999999999999998, 1e15 + 0.5, -0.0, 7, True, 10**20 + 0.5):
    print(v, int(v), round(v), math.floor(v), math.ceil(v), math.trunc(v), round(v, 1), v // 1, v % 1, int(str(int(v))))
