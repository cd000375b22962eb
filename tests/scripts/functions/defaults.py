# default values: evaluated once, in order, in the enclosing scope
n = 1
def f(a, b=n, c=[], *, d={}): c.append(a); d[a] = b; return b, c, d
n = 2
print(f(1), f(2), f.__defaults__, f.__kwdefaults__)
def order(x, y): print("default", x); return y
def g(a=order("a", 1), b=order("b", 2), *, c=order("c", 3)): return a, b, c
print(g()); fs = [lambda i=i: i for i in range(3)]; print([h() for h in fs]); late = [lambda: i for i in range(3)]; print([h() for h in late])
class C:
    x = 5
    def m(self, v=x): return v
print(C().m()); h = lambda a, b=lambda: n: b(); n = 3; print(h(1))
