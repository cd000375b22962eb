"""reprlib - repr() with limits on size and depth, and a guard against recursive reprs.

Repr looks for a method repr_TYPE(x, level) by the name of x's type; level counts down as values are nested.
Next: pprint.py.
"""
import builtins
from functools import WRAPPER_ASSIGNMENTS
from itertools import islice
from _thread import get_ident

__all__ = ['Repr', 'repr', 'recursive_repr']


def recursive_repr(fillvalue='...'):
    """Decorate a __repr__ so that a call from inside itself, on the same object, returns fillvalue."""
    def decorate(method):
        active = set()  # (object, thread) of the calls under way

        def guarded(self):
            call = id(self), get_ident()
            if call in active:
                return fillvalue
            active.add(call)
            try:
                return method(self)
            finally:
                active.remove(call)

        for name in WRAPPER_ASSIGNMENTS:
            setattr(guarded, name, getattr(method, name, {} if name == '__annotations__' else None))
        return guarded

    return decorate


class Repr:
    """repr with limits, kept in attributes: how deep, how many items, how many characters."""

    def __init__(self):
        self.fillvalue, self.maxlevel = '...', 6
        self.maxtuple = self.maxlist = self.maxset = self.maxfrozenset = self.maxdeque = 6
        self.maxarray, self.maxdict = 5, 4
        self.maxstring = self.maxother = 30
        self.maxlong = 40

    def repr(self, x):
        """repr(x) within the limits."""
        return self.repr1(x, self.maxlevel)

    def repr1(self, x, level):
        """The same for a value that may be nested level deep still."""
        name = '_'.join(type(x).__name__.split())
        return getattr(self, 'repr_' + name, self.repr_instance)(x, level)

    # containers

    def _items(self, x, level, limit, form, show=None):
        """The items of x, limit of them at most, put in the place of {} in form."""
        if level <= 0 and x:
            shown = [self.fillvalue]
        else:
            show = show or self.repr1
            shown = [show(item, level - 1) for item in islice(x, limit)]
            if len(x) > limit:
                shown.append(self.fillvalue)
        before, after = form
        return before + ', '.join(shown) + after

    def repr_tuple(self, x, level):
        is_shown_alone = len(x) == 1 and level > 0
        return self._items(x, level, self.maxtuple, ('(', ',)' if is_shown_alone else ')'))

    def repr_list(self, x, level):
        return self._items(x, level, self.maxlist, '[]')

    def repr_array(self, x, level):
        head = f'array({x.typecode!r}'
        return self._items(x, level, self.maxarray, (head + ', [', '])')) if x else head + ')'

    def repr_set(self, x, level):
        return self._items(_in_order(x), level, self.maxset, '{}') if x else 'set()'

    def repr_frozenset(self, x, level):
        return self._items(_in_order(x), level, self.maxfrozenset, ('frozenset({', '})')) if x else 'frozenset()'

    def repr_deque(self, x, level):
        return self._items(x, level, self.maxdeque, ('deque([', '])'))

    def repr_dict(self, x, level):
        def show(key, level):
            return f'{self.repr1(key, level)}: {self.repr1(x[key], level)}'

        return self._items(_in_order(x), level, self.maxdict, '{}', show)

    # what is shown in a text that may be cut in the middle

    def _cut(self, text, limit):
        return self._without_middle(text, limit) if len(text) > limit else text

    def _without_middle(self, text, limit):
        head, tail = self._ends(limit)
        return text[:head] + self.fillvalue + text[len(text) - tail:]

    def _ends(self, limit):
        """How many characters are kept at the start and at the end, with three between them."""
        head = max(0, limit - 3) // 2
        return head, max(0, limit - 3 - head)

    def repr_str(self, x, level):
        limit = self.maxstring
        text = builtins.repr(x[:limit])
        if len(text) <= limit:
            return text
        head, tail = self._ends(limit)
        return self._without_middle(builtins.repr(x[:head] + x[len(x) - tail:]), limit)  # the quotes stay

    def repr_int(self, x, level):
        return self._cut(builtins.repr(x), self.maxlong)

    def repr_instance(self, x, level):
        try:
            return self._cut(builtins.repr(x), self.maxother)
        except Exception:
            return f'<{x.__class__.__name__} instance at {id(x):#x}>'


aRepr = Repr()
repr = aRepr.repr


def _in_order(x):
    """Sorted if that is possible: the same set looks the same then."""
    try:
        return sorted(x)
    except Exception:
        return list(x)
