# unpacking what functions, dicts and strings give
def f(): return 1, (2, [3, 4])
a, (b, [c, d]) = f(); (x, y), z = "ab", "c"; *h, t = "hello"; k, v = {"k": "v"}.popitem(); q, r = divmod(17, 5); (m, n), = {1: 2}.items(); head, *_, last = range(10); print(a, b, c, d, x, y, z, h, t, k, v, q, r, m, n, head, last)
for i, (p, *s) in enumerate(["ab", "cde"]): print(i, p, s)
print([p + q for p, q in zip("ab", "cd")], {p: s for p, *s in ["xyz"]}, (lambda a, b: (b, a))(*f()))
