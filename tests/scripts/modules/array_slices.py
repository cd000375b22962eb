# array: subscripts and slices, read, set and deleted, against a list that is treated alike
from array import array


def attempt(code, **names):
    names.setdefault('a', array('i', range(10)))
    try:
        exec(code, globals(), names)
        print(code, '->', names['a'])
    except Exception as e:
        print(code, '->', type(e).__name__ + ':', e)


slices = [slice(*t) for t in [(None,), (3,), (-3, None), (2, 7), (None, None, 2), (None, None, -1), (8, 2, -2), (5, 2), (2, 100, 3), (-100, 100), (9, None, -4)]]
for s in slices:
    a, plain = array('h', range(10)), list(range(10))
    print(s, a[s].tolist() == plain[s], a[s])
    del a[s], plain[s]
    print(a.tolist() == plain, a.tolist())
for s in slices:
    for n in (0, 1, 3, 4, 5, 10):
        a, plain = array('h', range(10)), list(range(10))
        try:
            plain[s] = range(50, 50 + n)
            expected = plain
        except ValueError:
            expected = None
        try:
            a[s] = array('h', range(50, 50 + n))
            got = a.tolist()
        except ValueError as e:
            got = None
            print(s, n, e)
        if got != expected:
            print('differs', s, n, got, expected)
attempt('a[2:4] = a')
attempt('a[::2] = a')
attempt('a[5:] = a[:2]')
attempt('a[0:1] = [1]')
attempt('a[0:1] = 5')
attempt('a[0:1] = array("b", [1])')
attempt('a[20]')
attempt('a[20] = 1')
attempt('a[-11] = 1')
attempt('a[-1] = 70')
attempt('a[0] = "x"')
attempt('a["x"]')
attempt('a[1.0]')
attempt('a["x"] = 1')
attempt('a[2**70]')
attempt('del a[20]')
attempt('del a[-10]')
attempt('del a["x"]')
attempt('a[::0]')


class Grower:
    """An index that empties the array while it is asked."""

    def __init__(self, a):
        self.a = a

    def __index__(self):
        del self.a[:]
        return 1


a = array('i', range(5))
attempt('a[Grower(a)]', a=a)
