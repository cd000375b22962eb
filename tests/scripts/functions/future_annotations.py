# from __future__ import annotations keeps the text
from __future__ import annotations
def f(a: undefined.name[1], b: int | None = 1, *c: "quoted", d: lambda x: x + 1, e: (1, 2), g: x if y else z, h: f"{x}", i: {**a}, j: [x for x in y if z], k: a.b(c, *d, e=f) ) -> not x: pass
for k, v in f.__annotations__.items(): print(k, "=", v)
class C:
    x: never.evaluated = 1
    y: C
print(C.__annotations__)
v: also.never
print(__annotations__)
