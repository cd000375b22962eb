"""collections - containers beyond list, dict and tuple.

deque, defaultdict, OrderedDict and the counting loop are native (_collections); the rest is here.
Next: _collections_abc.py (the interfaces), collections/abc.py.
"""
import sys
from _collections import OrderedDict, defaultdict, deque, _count_elements
from _collections_abc import Mapping, MutableMapping, MutableSequence, Sequence
from itertools import chain, repeat, starmap
from keyword import iskeyword
from operator import itemgetter
from reprlib import recursive_repr

__all__ = 'ChainMap Counter OrderedDict UserDict UserList UserString defaultdict deque namedtuple'.split()

MutableSequence.register(deque)


# ---- namedtuple: the methods that all such classes share, and the function that makes one ----

def _make(cls, iterable):
    """A new object from a sequence or iterable of all fields' values."""
    made = tuple.__new__(cls, iterable)
    if len(made) != len(cls._fields):
        raise TypeError(f'Expected {len(cls._fields)} arguments, got {len(made)}')
    return made


def _replace(self, /, **kwds):
    """A new object with some fields replaced."""
    made = self._make(map(kwds.pop, self._fields, self))
    if kwds:
        raise ValueError(f'Got unexpected field names: {list(kwds)!r}')
    return made


def _asdict(self):
    """A new dict of field names and values."""
    return dict(zip(self._fields, self))


def __getnewargs__(self):
    """The plain tuple, for copy and pickle."""
    return tuple(self)


def _usable_names(names):
    """The names, with _0, _1 ... where one cannot be a field."""
    done = set()
    for i, name in enumerate(names):
        if name in done or name[:1] == '_' or iskeyword(name) or not name.isidentifier():
            name = f'_{i}'
        done.add(name)
        yield name


def _check_names(typename, fields, rename):
    for name in typename, *fields:
        if not name.isidentifier():
            raise ValueError(f'Type names and field names must be valid identifiers: {name!r}')
        if iskeyword(name):
            raise ValueError(f'Type names and field names cannot be a keyword: {name!r}')
    for i, name in enumerate(fields):
        if name[0] == '_' and not rename:
            raise ValueError(f'Field names cannot start with an underscore: {name!r}')
        if name in fields[:i]:
            raise ValueError(f'Encountered duplicate field name: {name!r}')


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """A new subclass of tuple whose items have names too.

    Point = namedtuple('Point', 'x y')      # or ['x', 'y']
    Point(11, y=22).x                       # 11
    """
    names = field_names.replace(',', ' ').split() if isinstance(field_names, str) else map(str, field_names)
    typename, fields = sys.intern(str(typename)), list(names)
    if rename:
        fields = list(_usable_names(fields))
    _check_names(typename, fields, rename)
    fields = tuple(map(sys.intern, fields))
    defaults = () if defaults is None else tuple(defaults)
    if len(defaults) > len(fields):
        raise TypeError('Got more default values than field names')
    params = ', '.join(fields) + (',' if len(fields) == 1 else '')

    # __new__ takes the fields by name, so it must be made from text
    scope = {'_tuple_new': tuple.__new__, '__builtins__': {}, '__name__': f'namedtuple_{typename}'}
    __new__ = eval(f'lambda _cls, {params}: _tuple_new(_cls, ({params}))', scope)
    __new__.__name__, __new__.__qualname__ = '__new__', f'{typename}.__new__'
    __new__.__doc__ = f'A new {typename}({params})'
    if defaults:
        __new__.__defaults__ = defaults
    form = '(' + ', '.join(name + '=%r' for name in fields) + ')'

    def __repr__(self):
        return self.__class__.__name__ + form % self

    __repr__.__qualname__ = f'{typename}.__repr__'
    members = {'__doc__': f'{typename}({params})', '__slots__': (), '__match_args__': fields, '_fields': fields,
               '_field_defaults': dict(zip(fields[len(fields) - len(defaults):], defaults)),
               '__new__': __new__, '_make': classmethod(_make), '_replace': _replace, '__repr__': __repr__, '_asdict': _asdict,
               '__getnewargs__': __getnewargs__}
    for i, name in enumerate(fields):
        members[name] = property(itemgetter(i), doc=sys.intern(f'Alias for field number {i}'))
    cls = type(typename, (tuple,), members)
    cls.__module__ = sys._getframe(1).f_globals.get('__name__', '__main__') if module is None else module
    return cls


# ---- Counter ----

def _new_by(in_place):
    """The operator that gives a new Counter, from the method that changes one."""
    def operator(self, other):
        if not isinstance(other, Counter):
            return NotImplemented
        return in_place(Counter(self), other)

    return operator


class Counter(dict):
    """Counts things: a dict of their numbers, where what is not there counts 0.

    Counter('banana')           # from an iterable; also from a mapping of counts, or names: Counter(a=3)
    """

    def __init__(self, iterable=None, /, **kwds):
        super().__init__()
        self.update(iterable, **kwds)

    def __missing__(self, key):
        return 0

    @classmethod
    def fromkeys(cls, iterable, v=None):
        raise NotImplementedError('Counter.fromkeys() is undefined.  Use Counter(iterable) instead.')

    # counting up and down

    def update(self, iterable=None, /, **kwds):
        """Add what an iterable yields, or a mapping counts; then the counts given by name."""
        if iterable is None:
            pass
        elif not isinstance(iterable, Mapping):
            _count_elements(self, iterable)
        elif not self:
            super().update(iterable)
        else:
            known = self.get
            for thing, n in iterable.items():
                self[thing] = n + known(thing, 0)
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        """As update(), counting down; counts may become negative."""
        known = self.get
        if isinstance(iterable, Mapping):
            for thing, n in iterable.items():
                self[thing] = known(thing, 0) - n
        elif iterable is not None:
            for thing in iterable:
                self[thing] = known(thing, 0) - 1
        if kwds:
            self.subtract(kwds)

    def __delitem__(self, elem):
        """Forget elem; no error if it was never counted."""
        if elem in self:
            super().__delitem__(elem)

    # asking

    def total(self):
        """The sum of all counts."""
        return sum(self.values())

    def most_common(self, n=None):
        """The n pairs of thing and count with the highest counts, highest first; all of them without n."""
        if n is not None:
            from heapq import nlargest
            return nlargest(n, self.items(), key=itemgetter(1))
        return sorted(self.items(), key=itemgetter(1), reverse=True)

    def elements(self):
        """Each thing as many times as it was counted."""
        return chain.from_iterable(starmap(repeat, self.items()))

    def copy(self):
        """A new object with the same counts."""
        return self.__class__(self)

    def __reduce__(self):
        return self.__class__, (dict(self),)

    def __repr__(self):
        name = self.__class__.__name__
        if not self:
            return name + '()'
        try:
            counts = dict(self.most_common())
        except TypeError:  # counts that cannot be ordered
            counts = dict(self)
        return f'{name}({counts!r})'

    # comparing: count by count, a missing one being 0

    def _counts_with(self, other):
        return ((self[thing], other[thing]) for counter in (self, other) for thing in counter)

    def __eq__(self, other):
        return all(a == b for a, b in self._counts_with(other)) if isinstance(other, Counter) else NotImplemented

    def __ne__(self, other):
        return not self == other if isinstance(other, Counter) else NotImplemented

    def __le__(self, other):
        return all(a <= b for a, b in self._counts_with(other)) if isinstance(other, Counter) else NotImplemented

    def __ge__(self, other):
        return all(a >= b for a, b in self._counts_with(other)) if isinstance(other, Counter) else NotImplemented

    def __lt__(self, other):
        return self <= other and self != other if isinstance(other, Counter) else NotImplemented

    def __gt__(self, other):
        return self >= other and self != other if isinstance(other, Counter) else NotImplemented

    # arithmetic: what is left has positive counts only

    def _keep_positive(self):
        for thing in [thing for thing, n in self.items() if not n > 0]:
            del self[thing]
        return self

    def __iadd__(self, other):
        for thing, n in other.items():
            self[thing] += n
        return self._keep_positive()

    def __isub__(self, other):
        for thing, n in other.items():
            self[thing] -= n
        return self._keep_positive()

    def __ior__(self, other):
        for thing, n in other.items():
            if n > self[thing]:
                self[thing] = n
        return self._keep_positive()

    def __iand__(self, other):
        for thing, n in self.items():
            if other[thing] < n:
                self[thing] = other[thing]
        return self._keep_positive()

    __add__, __sub__, __or__, __and__ = map(_new_by, (__iadd__, __isub__, __ior__, __iand__))

    def __pos__(self):
        return Counter({thing: n for thing, n in self.items() if n > 0})

    def __neg__(self):
        return Counter({thing: 0 - n for thing, n in self.items() if n < 0})


# ---- ChainMap ----

class ChainMap(MutableMapping):
    """Several mappings seen as one. What is looked up is searched for in one after the other; changes go to the first."""

    def __init__(self, *maps):
        self.maps = list(maps or ({},))

    def __missing__(self, key):
        raise KeyError(key)

    def __getitem__(self, key):
        for one in self.maps:
            try:
                return one[key]
            except KeyError:  # not by `in`: a defaultdict answers though it has not got the key
                continue
        return self.__missing__(key)

    def __contains__(self, key):
        return any(key in one for one in self.maps)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __iter__(self):
        order = {}
        for one in reversed(self.maps):
            order.update(dict.fromkeys(one))
        return iter(order)

    def __len__(self):
        return len(set(chain.from_iterable(self.maps)))

    def __bool__(self):
        return any(self.maps)

    @recursive_repr()
    def __repr__(self):
        return f'{self.__class__.__name__}({", ".join(repr(one) for one in self.maps)})'

    # others of the kind

    @classmethod
    def fromkeys(cls, iterable, *args):
        """One with a single new dict."""
        return cls(dict.fromkeys(iterable, *args))

    def copy(self):
        """One with a copy of the first mapping, and the same others."""
        first, *others = self.maps
        return self.__class__(first.copy(), *others)

    __copy__ = copy

    def new_child(self, m=None, **kwargs):
        """One with a new mapping (m, or an empty one) in front of these."""
        first = kwargs if m is None else m
        if kwargs and m is not None:
            m.update(kwargs)
        return self.__class__(first, *self.maps)

    @property
    def parents(self):
        """One without the first mapping."""
        return self.__class__(*self.maps[1:])

    # changing the first mapping

    def __delitem__(self, key):
        try:
            del self.maps[0][key]
        except KeyError:
            raise KeyError(f'Key not found in the first mapping: {key!r}')

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def pop(self, key, *args):
        """Take key out of the first mapping and return its value, or the default given."""
        try:
            return self.maps[0].pop(key, *args)
        except KeyError:
            raise KeyError(f'Key not found in the first mapping: {key!r}')

    def clear(self):
        """Empty the first mapping."""
        self.maps[0].clear()

    def popitem(self):
        """Take some (key, value) pair out of the first mapping."""
        try:
            return self.maps[0].popitem()
        except KeyError:
            raise KeyError('No keys found in the first mapping.')

    def __or__(self, other):
        return self.copy().__ior__(other) if isinstance(other, Mapping) else NotImplemented

    def __ior__(self, other):
        self.maps[0].update(other)
        return self

    def __ror__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        merged = dict(other)
        for one in self.maps[::-1]:
            merged.update(one)
        return self.__class__(merged)


# ---- UserDict, UserList, UserString: classes to inherit from, that keep a built-in object in .data ----

class UserDict(MutableMapping):
    def __init__(self, dict=None, /, **kwargs):
        self.data = {}
        for given in dict, kwargs:
            if given:
                self.update(given)

    def __getitem__(self, key):
        if key in self.data:
            return self.data[key]
        missing = getattr(self.__class__, '__missing__', None)
        if missing is None:
            raise KeyError(key)
        return missing(self, key)

    def __setitem__(self, key, item):
        self.data[key] = item

    def __delitem__(self, key):
        del self.data[key]

    def __contains__(self, key):
        return key in self.data

    def __iter__(self):
        return iter(self.data)

    def __len__(self):
        return len(self.data)

    def __repr__(self):
        return repr(self.data)

    @classmethod
    def fromkeys(cls, iterable, value=None):
        made = cls()
        for key in iterable:
            made[key] = value
        return made

    def __copy__(self):
        fresh = self.__class__.__new__(self.__class__)
        fresh.__dict__.update(self.__dict__, data=self.data.copy())
        return fresh

    def copy(self):
        if self.__class__ is UserDict:
            return UserDict(self.data.copy())
        from copy import copy
        items, self.data = self.data, {}  # a subclass may want to see each item set
        try:
            fresh = copy(self)
        finally:
            self.data = items
        fresh.update(self)
        return fresh

    def __or__(self, other):
        other = _plain(other)
        return self.__class__(self.data | other) if isinstance(other, dict) else NotImplemented

    def __ror__(self, other):
        other = _plain(other)
        return self.__class__(other | self.data) if isinstance(other, dict) else NotImplemented

    def __ior__(self, other):
        self.data |= _plain(other)
        return self


def _as_list(other):
    other = _plain(other)
    return other if isinstance(other, list) else list(other)


class UserList(MutableSequence):
    def __init__(self, initlist=None):
        self.data = [] if initlist is None else list(_plain(initlist))

    def __repr__(self):
        return repr(self.data)

    def __eq__(self, other):
        return self.data == _plain(other)

    def __lt__(self, other):
        return self.data < _plain(other)

    def __le__(self, other):
        return self.data <= _plain(other)

    def __gt__(self, other):
        return self.data > _plain(other)

    def __ge__(self, other):
        return self.data >= _plain(other)

    def __len__(self):
        return len(self.data)

    def __contains__(self, item):
        return item in self.data

    def __getitem__(self, i):
        found = self.data[i]
        return self.__class__(found) if isinstance(i, slice) else found

    def __delitem__(self, i):
        del self.data[i]

    def __setitem__(self, i, item):
        self.data[i] = item

    def __add__(self, other):
        return self.__class__(self.data + _as_list(other))

    def __radd__(self, other):
        return self.__class__(_as_list(other) + self.data)

    def __mul__(self, n):
        return self.__class__(self.data * n)

    def __iadd__(self, other):
        self.data += _as_list(other)
        return self

    def __imul__(self, n):
        self.data *= n
        return self

    __rmul__ = __mul__

    def __copy__(self):
        fresh = self.__class__.__new__(self.__class__)
        fresh.__dict__.update(self.__dict__, data=self.data[:])
        return fresh

    def copy(self):
        return self.__class__(self)

    def insert(self, i, item):
        self.data.insert(i, item)

    def pop(self, i=-1):
        return self.data.pop(i)

    def extend(self, other):
        self.data.extend(_plain(other))


class UserString(Sequence):
    def __init__(self, seq):
        seq = _plain(seq)
        self.data = seq if isinstance(seq, str) else str(seq)

    def __getnewargs__(self):
        return (self.data[:],)

    def __len__(self):
        return len(self.data)

    def __contains__(self, char):
        return _plain(char) in self.data

    def __getitem__(self, index):
        return self.__class__(self.data[index])

    def __eq__(self, string):
        return self.data == _plain(string)

    def __lt__(self, string):
        return self.data < _plain(string)

    def __le__(self, string):
        return self.data <= _plain(string)

    def __gt__(self, string):
        return self.data > _plain(string)

    def __ge__(self, string):
        return self.data >= _plain(string)

    def __add__(self, other):
        return self.__class__(self.data + str(other))

    def __radd__(self, other):
        return self.__class__(str(other) + self.data)

    def __rmod__(self, template):
        return self.__class__(str(template) % self)

    def __mod__(self, args):
        return self.__class__(self.data % args)

    def __mul__(self, n):
        return self.__class__(self.data * n)

    __rmul__ = __mul__

    def encode(self, encoding='utf-8', errors='strict'):
        return self.data.encode(encoding or 'utf-8', errors or 'strict')

    maketrans = str.maketrans


def _plain(value):
    """The built-in object in a UserDict, UserList or UserString; any other value as it is."""
    return value.data if isinstance(value, (UserDict, UserList, UserString)) else value


def _forward(cls, names, wraps=False):
    """Give cls these methods of what is in .data; wraps: the result becomes a cls again."""
    def add(name):
        def method(self, /, *args, **kwds):
            result = getattr(self.data, name)(*map(_plain, args), **kwds)
            return self.__class__(result) if wraps else result

        method.__name__, method.__qualname__ = name, f'{cls.__name__}.{name}'
        setattr(cls, name, method)

    for name in names.split():
        add(name)


_forward(UserList, 'append clear count index remove reverse sort')
_forward(UserString, '__complex__ __float__ __hash__ __int__ __repr__ __str__ count endswith find format format_map index isalnum isalpha isascii'
         ' isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join partition rfind rindex rpartition rsplit'
         ' split splitlines startswith')
_forward(UserString, 'capitalize casefold center expandtabs ljust lower lstrip removeprefix removesuffix replace rjust rstrip strip swapcase'
         ' title translate upper zfill', wraps=True)
