"""heapq - a heap in a list: heap[0] is the smallest, heap[k] <= heap[2k+1] and heap[k] <= heap[2k+2].

              0            the numbers are places; an item is never greater than the two below it
          1       2
        3   4   5   6

Written out here to be read; the native _heapq replaces the basic functions in the middle of the file.
Next: bisect.py; queue.py and sched.py use heaps.
"""

__all__ = ['heappush', 'heappop', 'heapify', 'heapreplace', 'merge', 'nlargest', 'nsmallest', 'heappushpop']


def _less(a, b):
    return a < b


def _greater(a, b):  # for heaps with the greatest item on top; items need only have <
    return b < a


def _rise(heap, top, place, before):
    """Move the item at place up, at most to top, until none above it should be below."""
    item = heap[place]
    while place > top:
        above = (place - 1) // 2
        if not before(item, heap[above]):
            break
        heap[place] = heap[above]
        place = above
    heap[place] = item


def _sink(heap, top, before):
    """Move the item at top down. It goes all the way, and rises again from there: it most often belongs near the end."""
    item, place, n = heap[top], top, len(heap)
    below = 2 * place + 1
    while below < n:
        if below + 1 < n and not before(heap[below], heap[below + 1]):
            below += 1
        heap[place] = heap[below]
        place, below = below, 2 * below + 1
    heap[place] = item
    _rise(heap, top, place, before)


def _replace_top(heap, item, before):
    top, heap[0] = heap[0], item
    _sink(heap, 0, before)
    return top


def _pop(heap, before):
    last = heap.pop()
    return _replace_top(heap, last, before) if heap else last


def _arrange(heap, before):
    for place in range(len(heap) // 2 - 1, -1, -1):
        _sink(heap, place, before)


def heappush(heap, item):
    """Push item, keeping the heap a heap."""
    heap.append(item)
    _rise(heap, 0, len(heap) - 1, _less)


def heappop(heap):
    """Pop the smallest item."""
    return _pop(heap, _less)


def heapreplace(heap, item):
    """Pop the smallest item, then push item: quicker than the two by themselves."""
    return _replace_top(heap, item, _less)


def heappushpop(heap, item):
    """Push item, then pop the smallest: quicker than the two by themselves."""
    return heapreplace(heap, item) if heap and heap[0] < item else item


def heapify(x):
    """Make a list a heap, in place, in linear time."""
    _arrange(x, _less)


def _heappop_max(heap):
    return _pop(heap, _greater)


def _heapreplace_max(heap, item):
    return _replace_top(heap, item, _greater)


def _heapify_max(x):
    _arrange(x, _greater)


try:
    from _heapq import *
    from _heapq import _heapify_max, _heappop_max, _heapreplace_max
except ImportError:
    pass  # then the ones above do


def merge(*iterables, key=None, reverse=False):
    """Merge sorted iterables into one sorted iterator, holding one item of each at a time.

    >>> list(merge([1, 3, 5], [0, 2, 4]))
    [0, 1, 2, 3, 4, 5]
    """
    sort, replace, pop, sign = (_heapify_max, _heapreplace_max, _heappop_max, -1) if reverse else \
        (heapify, heapreplace, heappop, 1)
    heap = []  # of [key, number of the iterable, item, what gives the next]; of equals the earlier iterable's comes first
    for number, iterable in enumerate(iterables):
        following = iter(iterable).__next__
        try:
            item = following()
        except StopIteration:
            continue
        heap.append([item if key is None else key(item), sign * number, item, following])
    sort(heap)
    while heap:
        entry = heap[0]
        yield entry[2]
        try:
            entry[2] = item = entry[3]()
        except StopIteration:
            pop(heap)
            continue
        entry[0] = item if key is None else key(item)
        if len(heap) > 1:
            replace(heap, entry)


def nsmallest(n, iterable, key=None):
    """The n smallest items: like sorted(iterable, key=key)[:n]."""
    if n == 1:
        return _best(min, iterable, key)
    return _all_sorted(n, iterable, key, False) or _select(n, iterable, key, False)


def nlargest(n, iterable, key=None):
    """The n largest items: like sorted(iterable, key=key, reverse=True)[:n]."""
    if n == 1:
        return _best(max, iterable, key)
    return _all_sorted(n, iterable, key, True) or _select(n, iterable, key, True)


def _best(choose, iterable, key):
    nothing = object()
    found = choose(iterable, default=nothing, key=key)
    return [] if found is nothing else [found]


def _all_sorted(n, iterable, key, reverse):
    """All items, if that is no more than what is asked for; None otherwise, or if the length is not known."""
    try:
        is_all = len(iterable) <= n
    except (TypeError, AttributeError):
        return None
    return sorted(iterable, key=key, reverse=reverse)[:n] if is_all else None


def _select(n, iterable, key, largest):
    """The n best items in order: the best so far stand in a heap with the worst of them on top."""
    sort, replace, sign = (heapify, heapreplace, -1) if largest else (_heapify_max, _heapreplace_max, 1)
    items = iter(iterable)
    heap = [(item if key is None else key(item), sign * i, item) for i, item in zip(range(n), items)]
    if not heap:
        return []
    sort(heap)
    worst, number = heap[0][0], sign * n
    for item in items:
        rank = item if key is None else key(item)
        if worst < rank if largest else rank < worst:
            replace(heap, (rank, number, item))  # of equals the first is kept: number decides
            worst = heap[0][0]
            number += sign
    heap.sort(key=lambda entry: entry[:2], reverse=largest)
    return [item for _, _, item in heap]
