# array: every type code, its size, what fits and how a misfit is told
from array import array, typecodes


def attempt(f, *args):
    try:
        print(repr(f(*args)))
    except Exception as e:
        print(type(e).__name__ + ':', e)


print(typecodes)
for code in typecodes:
    a = array(code)
    print(code, a.typecode, a.itemsize, repr(a), len(a))
for code in 'bBhHiIlLqQ':
    for value in (0, -1, 127, 128, -129, 255, 256, 2**15, 2**16, -2**31 - 1, 2**31, 2**32, 2**63, 2**64, 10**30, -10**30):
        attempt(array, code, [value])
    for value in ('x', None, 1.5, True):
        attempt(array, code, [value])
for code in 'fd':
    for value in (1, 1.5, 0.1, -0.0, float('nan'), float('inf'), 1e300, True, 10**400, 'x', None):
        attempt(array, code, [value])


class Index:
    def __index__(self):
        return 7


class Real:
    def __float__(self):
        return 2.25


attempt(array, 'i', [Index()])
attempt(array, 'd', [Index()])
attempt(array, 'd', [Real()])
attempt(array, 'i', [Real()])
attempt(array, 'u', 'h\u00e9\U0001f600')
attempt(array, 'u', ['a', 'b'])
attempt(array, 'u', ['ab'])
attempt(array, 'u', [1])
attempt(array, 'u', b'\xff\xff\xff\xff')
attempt(repr, array('u', 'quote\'s'))
