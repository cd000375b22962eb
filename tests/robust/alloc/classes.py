class Meta(type):
    def __new__(cls, name, bases, namespace, **kw): return super().__new__(cls, name, bases, namespace)
class A(metaclass=Meta, tag=1):
    __slots__ = ('x', '__dict__')
    count = 0
    def __init__(self, x, *rest, y=2, **more):
        self.x, self.y, self.more = x, y, more
    def __eq__(self, other): return self.x == other.x
    def __hash__(self): return hash(self.x)
    def __repr__(self): return f'A({self.x!r})'
    @property
    def double(self): return self.x * 2
    @classmethod
    def make(cls): return cls(1)
    @staticmethod
    def helper(): return 3
class B(A):
    def __init__(self, x): super().__init__(x, y=4)
    def __getattr__(self, name): return [name]
b = B(5)
b.z = b.q
for i in range(40): setattr(b, 'attribute%d' % i, i)
del b.z
assert b.double == 10 and A.make() == B(1) and {b: 1}[B(5)] == 1
C = type('C', (A,), {'f': lambda self: self})
C(1).f().__dict__['k'] = 1
b.__class__.added = 3
str([b, vars(b), dir(C)[:2], B.__mro__, isinstance(b, A)])
