"""bisect - binary search in a sorted list.  Written out here to be read; the native _bisect replaces it at the end.

Keeps: after bisect_left everything in a[:i] is < x; after bisect_right everything in a[:i] is <= x.
Next: heapq.py.
"""


def _border(a, lo, hi, key, is_left):
    """The first place in a[lo:hi] whose item is not left of the border; items left of it come first."""
    if lo < 0:
        raise ValueError('lo must be non-negative')
    hi = len(a) if hi is None else hi
    while lo < hi:
        middle = (lo + hi) // 2
        item = a[middle]
        if is_left(item if key is None else key(item)):
            lo = middle + 1
        else:
            hi = middle
    return lo


def bisect_left(a, x, lo=0, hi=None, *, key=None):
    """Where to insert x in a, before its equals."""
    return _border(a, lo, hi, key, lambda item: item < x)


def bisect_right(a, x, lo=0, hi=None, *, key=None):
    """Where to insert x in a, behind its equals."""
    return _border(a, lo, hi, key, lambda item: not x < item)


def insort_left(a, x, lo=0, hi=None, *, key=None):
    """Insert x in a, before its equals."""
    place = bisect_left(a, key(x) if key else x, lo, hi, key=key)
    a.insert(place, x)


def insort_right(a, x, lo=0, hi=None, *, key=None):
    """Insert x in a, behind its equals."""
    place = bisect_right(a, key(x) if key else x, lo, hi, key=key)
    a.insert(place, x)


try:
    from _bisect import *
except ImportError:
    pass  # then the ones above do

bisect, insort = bisect_right, insort_right
