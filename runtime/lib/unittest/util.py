"""unittest.util - how values are shown in messages, and how lists differ.  Next: case.py."""
from collections import Counter, namedtuple
from os.path import commonprefix

__unittest = True

_MAX_LENGTH = 80  # of a value in a message
_CUT = 12         # room for the note of how much is left out
_LEAST = 5        # characters kept at each end of what is shortened

_Mismatch = namedtuple('Mismatch', 'actual expected value')


def safe_repr(obj, short=False):
    """repr(obj), or object's own if that fails; short: not longer than a line."""
    try:
        text = repr(obj)
    except Exception:
        text = object.__repr__(obj)
    return text[:_MAX_LENGTH] + ' [truncated]...' if short and len(text) >= _MAX_LENGTH else text


def _shorten(text, first, last):
    """text with the middle left out, if that makes it shorter."""
    left_out = len(text) - first - last
    return f'{text[:first]}[{left_out} chars]{text[len(text) - last:]}' if left_out > _CUT else text


def _common_shorten_repr(*values):
    """The reprs, with what they have in common at the start shortened if a line is not enough; then where they differ, too."""
    texts = tuple(safe_repr(value) for value in values)
    longest = max(len(text) for text in texts)
    if longest <= _MAX_LENGTH:
        return texts
    same = commonprefix(texts)
    n = len(same)
    room = _MAX_LENGTH - (longest - n) - _LEAST - _CUT
    if room > _LEAST:  # all of the difference can be shown
        start = _shorten(same, _LEAST, room)
        return tuple(start + text[n:] for text in texts)
    start = _shorten(same, _LEAST, _LEAST)
    kept = _MAX_LENGTH - (_LEAST + _CUT) * 2 - _LEAST
    return tuple(start + _shorten(text[n:], kept, _LEAST) for text in texts)


def strclass(cls):
    """The full name of a class."""
    return f'{cls.__module__}.{cls.__qualname__}'


def three_way_cmp(x, y):
    """-1, 0 or 1: how x stands to y."""
    return (x > y) - (x < y)


def sorted_list_difference(expected, actual):
    """(what is missing, what is too much) of two sorted lists."""
    def only_in(these, those):
        return [item for item in dict.fromkeys(these) if item not in those]

    return only_in(expected, actual), only_in(actual, expected)


def unorderable_list_difference(expected, actual):
    """(what is missing, what is too much) of two lists of anything; both are used up."""
    absent = []
    for item in expected[::-1]:
        if item in actual:
            actual.remove(item)
        else:
            absent.append(item)
    expected.clear()
    return absent, actual


def _count_diff_all_purpose(actual, expected):
    """Where the two differ in how often an item occurs: (in actual, in expected, item). Needs nothing but ==."""
    left, right = list(actual), list(expected)
    found = []

    def take_out(items, wanted):
        kept = [item for item in items if not item == wanted]
        n = len(items) - len(kept)
        items[:] = kept
        return n

    for items in left, right:
        while items:
            item = items[0]
            counts = take_out(left, item), take_out(right, item)
            if counts == (0, 0):  # not even equal to itself
                counts = (1, 0) if items is left else (0, 1)
                del items[0]
            if counts[0] != counts[1]:
                found.append(_Mismatch(*counts, item))
    return found


def _count_diff_hashable(actual, expected):
    """The same for items that can be counted."""
    left, right = Counter(actual), Counter(expected)
    pairs = [(item, n, right[item]) for item, n in left.items()] + [(item, 0, n) for item, n in right.items() if item not in left]
    return [_Mismatch(n, m, item) for item, n, m in pairs if n != m]
