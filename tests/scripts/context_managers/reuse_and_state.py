# the same manager entered again and again
class Depth:
    n = 0
    def __enter__(self): self.n += 1; return self
    def __exit__(self, *a): self.n -= 1
d = Depth()
with d, d as e, d: print(d.n, e is d)
print(d.n)
for _ in range(3):
    with d: pass
def gen():
    with d: yield d.n
g = gen(); print(next(g), d.n); g.close(); print(d.n)
def early():
    for i in range(3):
        with d:
            if i == 1: return d.n
print(early(), d.n)
