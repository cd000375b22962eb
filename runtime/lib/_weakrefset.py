"""WeakSet: a set whose members may die. It is kept apart from weakref so that abc can use it early.

Each member is held through a weak reference whose callback takes the reference out of the set. Iterating goes over a copy of
the references, so members may come, go and die meanwhile.
"""
from _weakref import ref
from types import GenericAlias

__all__ = ['WeakSet']


def _weak(items):
    """The set of weak references to items."""
    return {ref(item) for item in items}


class WeakSet:
    def __init__(self, data=None):
        self.data = set()

        def forget(dead, owner=ref(self)):
            owner = owner()
            if owner is not None:
                owner.data.discard(dead)

        self._forget = forget
        if data is not None:
            self.update(data)

    # one member

    def add(self, item):
        self.data.add(ref(item, self._forget))

    def discard(self, item):
        self.data.discard(ref(item))

    def remove(self, item):
        self.data.remove(ref(item))

    def pop(self):
        while self.data:
            item = self.data.pop()()
            if item is not None:
                return item
        raise KeyError('pop from empty WeakSet')

    def __contains__(self, item):
        try:
            return ref(item) in self.data
        except TypeError:  # nothing that can be referred to weakly
            return False

    # all members

    def __iter__(self):
        for weak in self.data.copy():
            item = weak()
            if item is not None:
                yield item
            del item  # not to be kept alive until the next one is asked for

    def __len__(self):
        return len(self.data)

    def __repr__(self):
        return repr(self.data)

    def __reduce__(self):
        return self.__class__, (list(self),), self.__getstate__()

    def clear(self):
        self.data.clear()

    def copy(self):
        return self.__class__(self)

    # comparing

    def __eq__(self, other):
        return self.data == _weak(other) if isinstance(other, self.__class__) else NotImplemented

    def issubset(self, other):
        return self.data <= _weak(other)

    def issuperset(self, other):
        return self.data >= _weak(other)

    def isdisjoint(self, other):
        return self.data.isdisjoint(_weak(other))

    __le__, __ge__ = issubset, issuperset

    def __lt__(self, other):
        return self.data < _weak(other)

    def __gt__(self, other):
        return self.data > _weak(other)

    # changing by another

    def update(self, other):
        for item in other:
            self.add(item)

    def difference_update(self, other):
        self.data -= self.data.copy() if other is self else _weak(other)

    def intersection_update(self, other):
        self.data &= _weak(other)

    def symmetric_difference_update(self, other):
        if other is self:
            self.clear()
        else:
            forget = self._forget
            self.data ^= {ref(item, forget) for item in other}

    # a new one

    def union(self, other):
        return self.__class__([*self, *other])

    def intersection(self, other):
        return self.__class__([item for item in other if item in self])

    def difference(self, other):
        fresh = self.copy()
        fresh.difference_update(other)
        return fresh

    def symmetric_difference(self, other):
        fresh = self.copy()
        fresh.symmetric_difference_update(other)
        return fresh

    __or__, __and__, __sub__, __xor__ = union, intersection, difference, symmetric_difference

    __class_getitem__ = classmethod(GenericAlias)


def _in_place(method):
    def operator(self, other):
        method(self, other)
        return self

    return operator


for _sign in 'or update', 'sub difference_update', 'and intersection_update', 'xor symmetric_difference_update':
    _sign, _name = _sign.split()
    setattr(WeakSet, f'__i{_sign}__', _in_place(getattr(WeakSet, _name)))
del _sign, _name
