"""heapq - a heap in a list: heap[0] is the smallest, heap[k] <= heap[2k+1] and heap[k] <= heap[2k+2].

Written out here to be read; the native _heapq replaces the six basic functions in the middle of the file.
Next: bisect.py; queue.py and sched.py use heaps.
"""

__all__ = ['heappush', 'heappop', 'heapify', 'heapreplace', 'merge', 'nlargest', 'nsmallest', 'heappushpop']


def heappush(heap, item):
    """Push item, keeping the heap a heap."""
    heap.append(item)
    _siftdown(heap, 0, len(heap) - 1)


def heappop(heap):
    """Pop the smallest item."""
    last = heap.pop()
    if not heap:
        return last
    smallest, heap[0] = heap[0], last
    _siftup(heap, 0)
    return smallest


def heapreplace(heap, item):
    """Pop the smallest item, then push item: quicker than the two by themselves."""
    smallest = heap[0]
    heap[0] = item
    _siftup(heap, 0)
    return smallest


def heappushpop(heap, item):
    """Push item, then pop the smallest: quicker than the two by themselves."""
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _siftup(heap, 0)
    return item


def heapify(x):
    """Make a list a heap, in place, in linear time."""
    for i in reversed(range(len(x) // 2)):
        _siftup(x, i)


def _siftdown(heap, startpos, pos):
    """Move the item at pos towards the root until its parent is not greater."""
    newitem = heap[pos]
    while pos > startpos:
        parentpos = (pos - 1) >> 1
        parent = heap[parentpos]
        if not newitem < parent:
            break
        heap[pos] = parent
        pos = parentpos
    heap[pos] = newitem


def _siftup(heap, pos):
    """Move the smaller child up all the way to a leaf, put the item there, and let it find its place from below."""
    endpos = len(heap)
    startpos = pos
    newitem = heap[pos]
    childpos = 2 * pos + 1
    while childpos < endpos:
        rightpos = childpos + 1
        if rightpos < endpos and not heap[childpos] < heap[rightpos]:
            childpos = rightpos
        heap[pos] = heap[childpos]
        pos = childpos
        childpos = 2 * pos + 1
    heap[pos] = newitem
    _siftdown(heap, startpos, pos)


# The same three for a heap with the greatest item first.

def _heappop_max(heap):
    last = heap.pop()
    if not heap:
        return last
    greatest, heap[0] = heap[0], last
    _siftup_max(heap, 0)
    return greatest


def _heapreplace_max(heap, item):
    greatest = heap[0]
    heap[0] = item
    _siftup_max(heap, 0)
    return greatest


def _heapify_max(x):
    for i in reversed(range(len(x) // 2)):
        _siftup_max(x, i)


def _siftdown_max(heap, startpos, pos):
    newitem = heap[pos]
    while pos > startpos:
        parentpos = (pos - 1) >> 1
        parent = heap[parentpos]
        if not parent < newitem:
            break
        heap[pos] = parent
        pos = parentpos
    heap[pos] = newitem


def _siftup_max(heap, pos):
    endpos = len(heap)
    startpos = pos
    newitem = heap[pos]
    childpos = 2 * pos + 1
    while childpos < endpos:
        rightpos = childpos + 1
        if rightpos < endpos and not heap[rightpos] < heap[childpos]:
            childpos = rightpos
        heap[pos] = heap[childpos]
        pos = childpos
        childpos = 2 * pos + 1
    heap[pos] = newitem
    _siftdown_max(heap, startpos, pos)


try:
    from _heapq import *
    from _heapq import _heapreplace_max, _heapify_max, _heappop_max
except ImportError:
    pass


def merge(*iterables, key=None, reverse=False):
    """Merge sorted iterables into one sorted iterator, holding one item of each at a time.

    >>> list(merge([1, 3, 5], [0, 2, 4]))
    [0, 1, 2, 3, 4, 5]
    """
    h = []
    if reverse:
        _heapify, _heappop, _heapreplace, direction = _heapify_max, _heappop_max, _heapreplace_max, -1
    else:
        _heapify, _heappop, _heapreplace, direction = heapify, heappop, heapreplace, 1
    for order, it in enumerate(map(iter, iterables)):
        try:
            value = next(it)
        except StopIteration:
            continue
        h.append([value if key is None else key(value), order * direction, value, it])
    _heapify(h)
    while h:
        try:
            while True:
                s = h[0]
                yield s[2]
                s[2] = value = s[3].__next__()
                s[0] = value if key is None else key(value)
                if len(h) == 1:
                    break
                _heapreplace(h, s)
        except StopIteration:
            _heappop(h)
            continue
        yield value
        yield from s[3]
        return


def _select(n, iterable, key, best, is_better, heapify, heapreplace, direction, reverse):
    """The n best items in order: keep the n best so far in a heap whose root is the worst of them."""
    if n == 1:
        sentinel = object()
        result = best(iterable, default=sentinel, key=key)
        return [] if result is sentinel else [result]
    try:
        size = len(iterable)
    except (TypeError, AttributeError):
        pass
    else:
        if n >= size:
            return sorted(iterable, key=key, reverse=reverse)[:n]
    it = iter(iterable)
    result = [(elem if key is None else key(elem), i * direction, elem) for i, elem in zip(range(n), it)]
    if not result:
        return []
    heapify(result)
    worst = result[0][0]
    order = n * direction
    for elem in it:
        k = elem if key is None else key(elem)
        if is_better(k, worst):
            heapreplace(result, (k, order, elem))
            worst, _order, _elem = result[0]
            order += direction
    result.sort(key=lambda r: r[:2], reverse=reverse)
    return [elem for (k, order, elem) in result]


def nsmallest(n, iterable, key=None):
    """The n smallest items: like sorted(iterable, key=key)[:n]."""
    return _select(n, iterable, key, min, lambda k, worst: k < worst, _heapify_max, _heapreplace_max, 1, False)


def nlargest(n, iterable, key=None):
    """The n largest items: like sorted(iterable, key=key, reverse=True)[:n]."""
    return _select(n, iterable, key, max, lambda k, worst: worst < k, heapify, heapreplace, -1, True)
