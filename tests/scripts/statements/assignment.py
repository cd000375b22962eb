a = b = c = [1]
b.append(2)
print(a, c is b)
x, y = 1, 2
x, y = y, x
print(x, y)
first, *rest = "hello"
print(first, rest)
*init, last = (1, 2, 3)
print(init, last)
[p, [q, r]] = 1, (2, 3)
print(p, q, r)
d = {}
d["k"], d["l"] = 1, 2
print(d)
l = list(range(6))
l[1:3] = ["a", "b", "c"]
print(l)
l[::2] = [0, 0, 0, 0]
print(l)
del l[1:3], l[0]
print(l)
n = 5
n += 1; n -= 2; n *= 3; n //= 2; n **= 2; n %= 7; n <<= 3; n >>= 1; n |= 1; n &= 7; n ^= 2
print(n)
try:
    a, b = 1, 2, 3
except ValueError as e:
    print(e)
try:
    a, b, c = 1, 2
except ValueError as e:
    print(e)
try:
    a, *b, c = [1]
except ValueError as e:
    print(e)
try:
    a, b = 5
except TypeError as e:
    print(e)
if (m := 10) > 5:
    print(m)
print([y := 1, y ** 2], y)
class T:
    v = 0
t = T()
t.v += 5
print(t.v, T.v)
