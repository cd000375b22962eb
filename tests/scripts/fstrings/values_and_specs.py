# values, conversions, specs, nesting
v, w, n = 3.14159, 10, "name"
class F:
    def __format__(self, s): return f"<{s}>"
    def __str__(self): return "str"
    def __repr__(self): return "repr"
o = F()
print(f"{v}", f"{v:.2f}", f"{v:{w}.{2}f}", f"{v:{'>'}{w}}", f"{n!r:>10}", f"{n!s}", f"{'é'!a}", f"{o}", f"{o:spec}", f"{o!r}", f"{o!s:>6}", f"{o:{n}{w}}", f"{w:#x}", f"{w:08b}", f"{w:,}", f"{-w:+d}", f"{1e10:e}", f"{w!r:^{w}}", f"{True}", f"{None}", f"{[1, 2]}", f"{ {'a': 1}['a'] }", f"{{}}", f"{{{w}}}", f"{'{'}", f"a{w}b{w}c", f"{w}{n}", f"", f"{w:}", f"{n:}", f"{n:5}|", f"{w:5}|", f"{(lambda x: x * 2)(4)}", f"{w if w else 0}", f"{'nested ' + f'{w}'}", f"{w, n}", f"{*[1, 2],}", f"{w > 5}", f"{w!=5}", f"{w==10}", f"{max(1, 2)}", f'{n["a"] if 0 else 1}', f"{'a' 'b'}", f"{w:{'d'}}", f"{w:{w}{'d'}}", f"{v:.{w//5}f}", f"{0x10}", f"{1_000}", f"{...}")
print(f"""multi
{w}
line {
    v
    :.1f}""", f"{'''triple'''}", rf"\n{w}\t", fr"{n}\d", F"{w}", f"{w}" "plain" f"{n}", "{w}" f"{w}", f"\x41{w}\u00e9\N{BULLET}" if False else f"\x41{w}\u00e9")
for spec in ("z", "5.2d", ".2", "s", ",s", "_x", ",x", "=5", "+s", " ", "<", "^^5", "0", "%"):
    for val in (5, 2.5, "s", None, 1j, [1]):
        try: print(repr(f"{val:{spec}}"), end=" ")
        except Exception as e: print(type(e).__name__, e, end=" ")
    print()
