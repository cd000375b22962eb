# del of names, attributes, items, slices, nested targets
class O: pass
o = O(); o.a = o.b = 1; l = list(range(10)); d = {1: 1, 2: 2, 3: 3}; x = y = z = 1
del o.a; del l[0], l[-1]; del l[1:3], d[1]; del (x, y); del [z]; del (l[0]); print(vars(o), l, d)
for code in ("x", "o.a", "l[99]", "d[99]", "z"):
    try: exec("del " + code)
    except Exception as e: print(code, type(e).__name__, e)
a, (b, c) = 1, (2, 3); del a, (b, [c]); print("a" in globals(), "c" in globals()); del l[::2], l[:]; print(l)
def f():
    v = 1
    del v
    v = 2
    return v
print(f())
def g():
    a = [1]
    def h(): return a
    del a[0]
    return h()
print(g()); for_ = [1, 2, 3]
del for_[for_.index(2)]; print(for_)
class P:
    def __delattr__(self, n): print("delattr", n)
    def __delitem__(self, k): print("delitem", k)
p = P(); del p.x, p["k"], p[1:2], p[1, 2]
