x: int = 0x_ff; y = 1_0.5e-3j; z = r'\d' b'' if 0 else rb'\x'
@(lambda f: f)
def f(a, /, b: int = 1, *, c, **d) -> None:
    """doc"""
    global g; nonlocal_ = lambda *a: (yield)
    for i, (j, *k) in enumerate([]): continue
    else: del a; return
    while (n := 3) > 2 and not x or y: break
if x: pass
elif ~y @ z: pass
else: import a.b as c, d; from . import (e,)
print(*[1], **{}, sep='' if x else "", end=f"{'a' if x else f'{y:{z}}'}\
")
