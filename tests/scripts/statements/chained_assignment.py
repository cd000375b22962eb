# chains, augmented forms, swaps
a = b = c = [1]; print(a is b is c); a, b = b, a = 1, 2; print(a, b); x = y, z = [1, 2]; print(x, y, z)
i, l = 0, [5, 6, 7]
i, l[i] = 1, "set"; print(i, l); l[0], l[1], l[2] = l[::-1]; print(l)
(a, b), c = (1, 2), 3; [p, q] = "ab"; (s) = 5; t, = [9]; print(a, b, c, p, q, s, t)
n = 10; n += 1; n -= 2; n *= 3; n //= 2; n **= 2; n %= 50; n <<= 2; n >>= 1; n |= 1; n &= 0xff; n ^= 3; print(n); n /= 4; print(n)
d = {"k": [1]}; d["k"] += [2]; d["k"] *= 2; print(d); st = "a"; st += "b"; st *= 3; print(st); tup = (1,); tup += (2,); print(tup)
class O:
    v = 1
o = O(); o.v += 1; print(o.v, O.v); se = {1}; se |= {2}; se -= {1}; print(se); m = [[0] * 2 for _ in range(2)]; m[0][1] += 5; m[1][0], m[1][1] = m[0]; print(m)
for code in ("1 = x", "f() = 1", "a + b = 1", "a, 1 = 2", "None = 1", "x + 1 += 2", "a, b += 1", "[a, b] += 1", "x = = 1", "(a := 1) = 2", "a = b := 1", "-x = 1", "x if y else z = 1", "{a: b} = 1", "'s' = 1", "f'{x}' = 1", "... = 1", "(yield) = 1", "lambda: 0 = 1", "x.y() = 1", "*a = 1", "*a, = 1, 2", "a, *b, *c = 1", "x: int = y = 1", "x[0]: int", "not x = 1", "x < y = 1", "[x for x in y] = 1", "True = False", "__debug__ = 0", "x.None = 1", "x.__debug__ = 1"):
    try: compile(code, "f", "exec"); print(code, "| ok")
    except SyntaxError as e: print(code, "|", e.msg)
