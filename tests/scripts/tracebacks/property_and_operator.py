# errors inside methods that operators call
class V:
    def __init__(self, v): self.v = v
    def __add__(self, o): return V(self.v + o.v)
    @property
    def twice(self): return self.v * self.nope
    def __getattr__(self, name): raise AttributeError(f"no {name} here")
print((V(1) + V(2)).v)
V(1).twice
