# variables shared between scopes
def counter():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    def get(): return n
    return inc, get
inc, get = counter(); inc(); inc(); print(get(), counter()[0]()); 
def shared():
    fs = []
    for i in range(3): fs.append(lambda: i)
    i = 10
    return [f() for f in fs]
print(shared())
def deep(a):
    def b():
        def c():
            nonlocal a
            a += 1
            return a
        return c
    return b
print(deep(1)()()); 
def param(x):
    def f(): return x
    x = x * 2
    return f
print(param(5)())
def make():
    def f(): return g()
    def g(): return "g"
    return f
print(make()()); compose = lambda *fs: lambda x: x if not fs else compose(*fs[:-1])(fs[-1](x)); print(compose(str, lambda v: v + 1, abs)(-5))
def acc(start):
    total = [start]
    def add(v): total[0] += v; return total[0]
    return add
a = acc(10); a(5); print(a(5), a.__closure__[0].cell_contents)
