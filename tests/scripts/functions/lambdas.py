# lambda expressions in every place
f = lambda: None; g = lambda a, *b, c=1, **d: (a, b, c, d); h = lambda *, k: k; p = lambda x, /, y: (x, y)
print(f(), g(1, 2, 3, c=4, z=5), h(k=1), p(1, y=2), (lambda x: lambda y: x + y)(1)(2), [*map(lambda x: x * 2, [1, 2])], sorted("bca", key=lambda c: -ord(c)), {"f": lambda: "in dict"}["f"](), (lambda: (yield))().__class__.__name__, (lambda: [i for i in range(3)])(), (lambda x=(lambda: 5)(): x)(), f.__name__, (lambda a, b: a if a else b)(0, 7), (lambda: (1, 2))(), [lambda: 1, lambda: 2][1](), (lambda s: s.upper())("up"), (lambda *a: a)(*"ab"), (lambda x: (x := x + 1) * 2)(3))
print((lambda: {**{"a": 1}})(), (lambda x: not x)(0), (lambda x, y: x <= y < 10)(1, 2), (lambda: ...)(), type(lambda: 0).__name__)
