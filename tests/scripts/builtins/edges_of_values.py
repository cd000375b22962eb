# Values at the edges: lengths near the largest, empty slices assigned, separators that are zero, fields in brackets.
import bisect
import sys
import collections.abc


def show(make):
    try:
        print(make())
    except Exception as e:
        print(type(e).__name__, e)


long = range(-sys.maxsize, sys.maxsize, 2)
show(lambda: len(long))
show(lambda: bisect.bisect_left(range(sys.maxsize - 1), sys.maxsize - 3))
show(lambda: '{0[{1}]}'.format('abcdefg', 4))
show(lambda: '{0[{x]}'.format({'{x': 5}))
show(lambda: '{0{}}'.format(1))
show(lambda: ascii(b'abc'.hex('\0')))
digits = bytearray(b'0123456789')
digits[1:-1:2] = b''
show(lambda: digits)
show(lambda: 1 << 10**20)
show(lambda: __import__(1))
show(lambda: collections.abc.Callable[[int], str])
show(lambda: collections.abc.Callable[..., list[int]])
