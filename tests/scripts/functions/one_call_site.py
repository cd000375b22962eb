# One call that meets functions of every kind, again and again: also when a function's code is exchanged meanwhile.
def two(a, b):
    return 'two', a, b


def swapped(b, a):
    return 'swapped', b, a


def default(a, b=1):
    return 'default', a, b


def more(a, b, c=2):
    return 'more', a, b, c


def star(*args):
    return 'star', args


def keywords(a, b, **k):
    return 'keywords', a, b, k


def only(a, b, *, k=3):
    return 'only', a, b, k


def generator(a, b):
    yield 'generator', a, b


def one(a):
    return 'one', a


def three(a, b, c):
    return 'three', a, b, c


class Class:
    def __init__(self, a, b):
        self.pair = a, b

    def method(self, a, b):
        return 'method', a, b

    def __call__(self, a, b):
        return 'call', a, b


def closure(k):
    return lambda a, b: ('closure', k, a, b)


def call(f, a, b):
    try:
        return f(a, b)
    except TypeError as e:
        return str(e)


everything = [two, swapped, default, more, star, keywords, only, generator, one, three, Class, Class(0, 0).method, Class(1, 1), closure(1), max, divmod]
for turn in range(30):
    for f in everything + [closure(turn)]:
        result = call(f, turn, 2)
        if turn in (0, 7, 29):
            print(list(result) if f is generator else result.pair if f is Class else result)
for f in [two] * 20 + [three]:
    result = call(f, 1, 2)
print(result)
for i in range(20):
    if i == 10:
        two.__code__ = three.__code__
    if i == 15:
        two.__code__ = swapped.__code__
    print(call(two, i, 2))
