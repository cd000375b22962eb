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


p = functools.partial(capture)
p.keywords[ChangesKeywords(p)] = ['one']
print(repr(p).split('capture')[0], repr(p).split(', ')[-1])
try:
    p()
except TypeError as e:
    print(e)
