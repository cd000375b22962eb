# lists that change while something runs over them
l = [1, 2, 3, 4]
for v in l:
    if v == 2: l.remove(2)
    print(v, end=" ")
print(l)
l = [1, 2]
for v in l:
    if len(l) < 6: l.append(v * 10)
    print(v, end=" ")
print(l)
it = iter(l); next(it); l.clear(); print(list(it)); l.append(1); print(list(it), it.__length_hint__())
def key(v):
    l.append(v)
    return v
l = [3, 1, 2]
try: l.sort(key=key)
except ValueError as e: print(e)
print(l)
class C:
    def __init__(self, v): self.v = v
    def __lt__(self, o): items.clear(); return self.v < o.v
items = [C(2), C(1), C(3)]
try: items.sort()
except ValueError as e: print(e)
class Eq:
    def __eq__(self, other): del big[:]; return False
big = [Eq(), Eq(), Eq()]; print(5 in big, big)
big = [Eq(), 1, 2]
try: big.remove(7)
except ValueError as e: print(e)
big = [Eq(), 1]
print(big == [0, 1], big); r = reversed([1, 2, 3]); next(r); print(list(r)); x = [1, 2, 3]; x[:] = (v * 2 for v in x); print(x); x.extend(x); print(x); x[1:1] = x; print(x)
