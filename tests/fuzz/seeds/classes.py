class A:
    __slots__ = 'x', 'y'
    def __init__(self, x, *rest, y=1, **more): self.x, self.y = x, y
    def __eq__(self, other): return self.x == other.x
    def __hash__(self): return hash(self.x)
    @property
    def z(self): return self.x
class B(A):
    def __getattr__(self, name): return name
    def __len__(self): return 3
    def __getitem__(self, i): return [1, 2, 3][i]
    def __del__(self): pass
b = B(1, 2, y=3, k=4)
print(b.z, b.q, list(b), b == A(1), {b: 1}, vars(b))
