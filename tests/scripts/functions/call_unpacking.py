# several * and ** in one call
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


def f(*a, **k): return a, k
show(f, *[1], *(2, 3), *"ab"); show(lambda: f(*[], **{})); show(lambda: f(0, *[1], 2, *[3], x=1, **{"y": 2}, z=3)); show(lambda: f(**{"a": 1}, **{"b": 2})); show(lambda: f(**{"a": 1}, **{"a": 2})); show(lambda: f(a=1, **{"a": 2})); show(lambda: f(*5)); show(lambda: f(*None)); show(lambda: f(**5)); show(lambda: f(**{1: 2})); show(lambda: f(*(i for i in range(3)))); show(lambda: f(*{"k": 1})); show(lambda: f(**dict(a=1)))
class M:
    def keys(self): return ["p"]
    def __getitem__(self, k): return k
show(lambda: f(**M())); show(lambda: len(*[[1, 2]])); show(lambda: print(*[1, 2], **{"sep": "-"})); show(lambda: len(*[1, 2])); show(lambda: f(*iter("xy"), *range(2)))
def gen():
    yield 1
    raise TypeError("inside the iterable")
show(lambda: f(*gen()))
