# every kind of target in for
class O: pass
o, l, d = O(), [0, 0], {}
for o.attr in range(3): pass
for l[1] in "ab": pass
for d["k"], *d["rest"] in [(1, 2, 3)]: pass
for a, (b, [c, *e]), f in [(1, (2, "xyz"), 3)]: pass
for (g) in [1]: pass
for [h, i] in [(1, 2)]: pass
for j, in [(5,)]: pass
for l[0], l[1] in [(7, 8)]: pass
for k in 1, 2, 3: pass
for m in *[1], 2: pass
print(o.attr, l, d, a, b, c, e, f, g, h, i, j, k, m)
for x in range(3):
    x = x * 10
    print(x, end=" ")
else: print("else", x)
for x in []: pass
else: print("empty", x)
for i in range(5):
    if i == 3: break
else: print("never")
for y in (lambda: [1, 2])(): print(y, end=" ")
for a, b in {"k": 1}.items(): print(a, b)
try:
    for a, b in [1]: pass
except TypeError as e: print(e)
try:
    for a, b in [(1, 2, 3)]: pass
except ValueError as e: print(e)
for i in range(3):
    for j in range(3):
        if j == 1: continue
        if i == 1: break
        print(i, j, end="; ")
print()
