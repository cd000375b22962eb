# What a partial holds may change while repr() or a call looks at it.
import functools


def capture(*args, **keywords):
    return args, sorted(keywords.items())


class ChangesKeywords:
    def __init__(self, to):
        self.to = to

    def __str__(self):
        self.to.keywords[self] = ['another']
        return 'name'

    def __repr__(self):
        self.to.__setstate__((capture, (), {}, None))
        return 'shown'


p = functools.partial(capture)
p.keywords[ChangesKeywords(p)] = ['one']
print(repr(p).split('capture')[0], repr(p).split(', ')[-1])
try:
    p()
except TypeError as e:
    print(e)

p = functools.partial(capture, 1)
p.__setstate__((capture, (ChangesKeywords(p), 2), {'a': ChangesKeywords(p)}, {}))
print(repr(p).split(', ')[1:])
print(p.args, p.keywords)
print(p(3, b=4))
