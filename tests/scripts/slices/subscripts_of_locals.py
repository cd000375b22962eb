# Subscripts of local variables, and slices that only a subscript sees: what fits the fast form, and what does not.
class MyList(list):
    def __getitem__(self, key):
        return 'get', key

    def __setitem__(self, key, value):
        print('set', key, value)


class Index:
    def __index__(self):
        return 1

    def __repr__(self):
        return 'Index()'


def get(a, i):
    return a[i]


def first(a):
    return a[0]


def put(a, i, value):
    a[i] = value
    return a


def cut(a, i, j):
    return a[i:j], a[i:j:2], a[j::-1]


def put_slice(a, i, j, value):
    a[i:j] = value
    return a


def unbound_key(a):
    return a[later]
    later = 0


def unbound_owner(i):
    a[i] = 0
    a = []


def attempt(f, *args):
    try:
        print(f.__name__, args, '->', f(*args))
    except Exception as e:
        print(f.__name__, type(e).__name__, e, e.__traceback__.tb_next.tb_lineno)


for owner in ([1, 2, 3], (1, 2, 3), 'abc', b'abc', bytearray(b'abc'), range(3), {0: 'zero', 1: 'one'}, MyList('xyz'), 7, None):
    for i in (0, 2, -1, -3, 3, -4, True, 1.0, None, Index(), 10**30, 'k'):
        attempt(get, owner, i)
    attempt(first, owner)
    for i, j in ((0, 2), (1, None), (None, -1), (2, 1), (-10, 10), (10**30, -10**30), (True, 2), (Index(), None), ('a', 1)):
        attempt(cut, owner, i, j)
for owner in ([1, 2, 3], (1, 2), bytearray(b'abc'), {}, MyList('xyz')):
    for i in (0, -1, 3, -4, None):
        attempt(put, owner, i, 65)
for value in ([], [8, 9], 'xy', 5, (), None):
    for i, j in ((0, 1), (1, None), (3, 1), (-1, 10), (True, 2), ('a', 1)):
        attempt(put_slice, [1, 2, 3], i, j, value)
attempt(put_slice, MyList('abc'), 0, 1, [1])
attempt(put_slice, bytearray(b'abc'), 0, 1, b'xyz')
attempt(unbound_key, [1])
attempt(unbound_owner, 0)


def own_slice():
    a = [1, 2, 3]
    a[1:1] = a
    a[::2] = a[::2]
    return a


class Emptier:
    def __init__(self, a):
        self.a = a

    def __iter__(self):
        self.a.clear()
        return iter('pq')


def shrinking():
    a = [1, 2, 3, 4]
    a[1:3] = Emptier(a)
    return a


print(own_slice(), shrinking())
