# chains of calls, subscripts and attributes
class N:
    def __init__(self, *a): self.a = a
    def __getattr__(self, n): return N(*self.a, "." + n) if n[0] != "_" else object.__getattribute__(self, n)
    def __getitem__(self, k): return N(*self.a, [k])
    def __call__(self, *a, **k): return N(*self.a, (a, k))
    def __repr__(self): return f"N{self.a}"
n = N(); print(n.a, n.x.y, n[0][1:2], n(1)(2, k=3), n.f(1)[2].g, n[1, 2], n[..., None], n[:, ::2], n().z[0](), n[n.x], n["a"]["b"].c(d=n[1]), n[lambda: 0].a and 1, n[1:2, 3:4, ...], n[()], (n).x, n . x, n [0], n (1))
print(1 .real, 1..real, 1.5.real, 1j.imag, "a".upper().lower()[0], [1, 2].__len__(), {}.get("x", []), ().count(1), (1,)[0], "abc"[::-1][0], {"a": [1]}["a"][0], [[1, [2]]][0][1][0], (lambda: [5])()[0], "%s" % (1,), "x".join(["a"])[0].upper(), 0x10.bit_length(), 1_0 .real, True.real, None.__class__, ....__class__, b"a"[0])
