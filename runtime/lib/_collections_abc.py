"""_collections_abc - the abstract base classes of containers, iterators and callables (PEP 3119).

There are two sorts. Those marked with @recognised_by take every class that has certain methods for a subclass. The richer ones
(Set, Mapping, Sequence and what can be changed) must be inherited from or registered with; they give many methods for a few.
Keeps: this module imports almost nothing, since nearly every other one imports it.
Next: abc.py, collections/__init__.py.
"""
from abc import ABCMeta, abstractmethod

GenericAlias = type(list[int])
EllipsisType = type(...)

__all__ = '''Awaitable Coroutine AsyncIterable AsyncIterator AsyncGenerator Hashable Iterable Iterator Generator Reversible Sized
Container Callable Collection Set MutableSet Mapping MutableMapping MappingView KeysView ItemsView ValuesView Sequence
MutableSequence ByteString'''.split()

__name__ = 'collections.abc'  # where users see these classes

_subscript = classmethod(GenericAlias)  # Iterable[int]


def _check_methods(C, *names):
    """True if class C has these methods, and none is None (which says: not here, though a base has it); else NotImplemented."""
    for name in names:
        for cls in C.__mro__:
            if name in cls.__dict__:
                break
        else:
            return NotImplemented
        if cls.__dict__[name] is None:
            return NotImplemented
    return True


def _recognised_by(*names):
    """Decorates an ABC: classes with these methods are its subclasses. Not so for classes that inherit from the ABC."""
    def decorate(abc):
        def __subclasshook__(cls, C):
            return _check_methods(C, *names) if cls is abc else NotImplemented
        abc.__subclasshook__ = classmethod(__subclasshook__)
        return abc
    return decorate


def _exhaust(take, empty):
    """Call take until it raises the exception empty."""
    try:
        while True:
            take()
    except empty:
        pass


# ---- one-trick classes ----

@_recognised_by('__hash__')
class Hashable(metaclass=ABCMeta):
    """Has a hash()."""
    __slots__ = ()

    @abstractmethod
    def __hash__(self):
        return 0


@_recognised_by('__len__')
class Sized(metaclass=ABCMeta):
    """Has a len()."""
    __slots__ = ()

    @abstractmethod
    def __len__(self):
        return 0


@_recognised_by('__contains__')
class Container(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = _subscript

    @abstractmethod
    def __contains__(self, x):
        return False


@_recognised_by('__iter__')
class Iterable(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = _subscript

    @abstractmethod
    def __iter__(self):
        yield from ()


@_recognised_by('__iter__', '__next__')
class Iterator(Iterable):
    __slots__ = ()

    @abstractmethod
    def __next__(self):
        """The next item, or StopIteration."""
        raise StopIteration

    def __iter__(self):
        return self


@_recognised_by('__reversed__', '__iter__')
class Reversible(Iterable):
    __slots__ = ()

    @abstractmethod
    def __reversed__(self):
        yield from ()


@_recognised_by('__len__', '__iter__', '__contains__')
class Collection(Sized, Iterable, Container):
    __slots__ = ()


# ---- generators and what is awaited ----

def _raise(kind, value, traceback):
    """What throw() does by itself: raise the exception that its arguments tell."""
    exc = kind if value is None else value
    if isinstance(exc, type):
        exc = exc()
    raise exc if traceback is None else exc.with_traceback(traceback)


def _must_end(what):
    """The error of a close() that was answered with another value."""
    return RuntimeError(what + ' ignored GeneratorExit')


@_recognised_by('__iter__', '__next__', 'send', 'throw', 'close')
class Generator(Iterator):
    __slots__ = ()

    @abstractmethod
    def send(self, value):
        """Go on, with value as the result of the yield that it waits at; the next item, or StopIteration."""
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Go on by raising an exception at the yield that it waits at; the next item, or StopIteration."""
        _raise(typ, val, tb)

    def __next__(self):
        """The next item, or StopIteration."""
        return self.send(None)

    def close(self):
        """Let it end, by raising GeneratorExit inside."""
        try:
            self.throw(GeneratorExit)
        except (GeneratorExit, StopIteration):
            return
        raise _must_end('generator')


@_recognised_by('__await__')
class Awaitable(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = _subscript

    @abstractmethod
    def __await__(self):
        yield


@_recognised_by('__await__', 'send', 'throw', 'close')
class Coroutine(Awaitable):
    __slots__ = ()

    @abstractmethod
    def send(self, value):
        """Go on, with value as the result of the await; what it waits for next, or StopIteration."""
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Go on by raising an exception at the await; what it waits for next, or StopIteration."""
        _raise(typ, val, tb)

    def close(self):
        """Let it end, by raising GeneratorExit inside."""
        try:
            self.throw(GeneratorExit)
        except (GeneratorExit, StopIteration):
            return
        raise _must_end('coroutine')


@_recognised_by('__aiter__')
class AsyncIterable(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = _subscript

    @abstractmethod
    def __aiter__(self):
        return AsyncIterator()


@_recognised_by('__anext__', '__aiter__')
class AsyncIterator(AsyncIterable):
    __slots__ = ()

    @abstractmethod
    async def __anext__(self):
        """The next item, or StopAsyncIteration."""
        raise StopAsyncIteration

    def __aiter__(self):
        return self


@_recognised_by('__aiter__', '__anext__', 'asend', 'athrow', 'aclose')
class AsyncGenerator(AsyncIterator):
    __slots__ = ()

    @abstractmethod
    async def asend(self, value):
        """Go on, with value as the result of the yield that it waits at; the next item, or StopAsyncIteration."""
        raise StopAsyncIteration

    @abstractmethod
    async def athrow(self, typ, val=None, tb=None):
        """Go on by raising an exception at the yield that it waits at; the next item, or StopAsyncIteration."""
        _raise(typ, val, tb)

    async def __anext__(self):
        """The next item, or StopAsyncIteration."""
        return await self.asend(None)

    async def aclose(self):
        """Let it end, by raising GeneratorExit inside."""
        try:
            await self.athrow(GeneratorExit)
        except (GeneratorExit, StopAsyncIteration):
            return
        raise _must_end('asynchronous generator')


# ---- callables ----

class _CallableGenericAlias(GenericAlias):
    """Callable[[int, str], float]. Its __args__ are flat: (int, str, float)."""
    __slots__ = ()

    def __new__(cls, origin, args):
        if not isinstance(args, tuple) or len(args) != 2:
            raise TypeError('Callable must be used as Callable[[arg, ...], result].')
        params, result = args
        if isinstance(params, (tuple, list)):
            args = *params, result
        elif not _stands_for_parameters(params):
            raise TypeError(f'Expected a list of types, an ellipsis, ParamSpec, or Concatenate. Got {params}')
        return super().__new__(cls, origin, args)

    def __repr__(self):
        params, result = _split_callable(self)
        if not isinstance(params, list):
            return super().__repr__()
        return f'collections.abc.Callable[[{", ".join(map(_type_repr, params))}], {_type_repr(result)}]'

    def __reduce__(self):
        return _CallableGenericAlias, (Callable, _split_callable(self))

    def __getitem__(self, item):
        args = super().__getitem__(item if isinstance(item, tuple) else (item,)).__args__
        if not isinstance(args[0], (tuple, list)):
            args = list(args[:-1]), args[-1]
        return _CallableGenericAlias(Callable, tuple(args))


def _split_callable(alias):
    """(parameters, result), with the parameters as they were given. (An alias looks names up in its origin: no method.)"""
    *params, result = alias.__args__
    if len(params) == 1 and _stands_for_parameters(params[0]):
        params = params[0]
    return params, result


def _stands_for_parameters(obj):
    """Whether obj may stand before the result in Callable[obj, result]: ..., a list, a ParamSpec, a Concatenate."""
    kind = type(obj)
    if obj is ... or kind is list or isinstance(obj, list):
        return True
    return kind.__module__ == 'typing' and kind.__name__ in {'ParamSpec', '_ConcatenateGenericAlias'}


def _type_repr(obj):
    """How a type looks inside of the brackets."""
    if obj is ...:
        return '...'
    if isinstance(obj, type) and not isinstance(obj, GenericAlias):
        return obj.__qualname__ if obj.__module__ == 'builtins' else f'{obj.__module__}.{obj.__qualname__}'
    return obj.__name__ if isinstance(obj, type(_type_repr)) else repr(obj)


@_recognised_by('__call__')
class Callable(metaclass=ABCMeta):
    __slots__ = ()
    __class_getitem__ = classmethod(_CallableGenericAlias)

    @abstractmethod
    def __call__(self, *args, **kwds):
        return False


# ---- sets ----

class Set(Collection):
    """A set, given __contains__, __iter__ and __len__.

    Operators make new sets by calling the class with an iterable; where that will not do, override _from_iterable().
    """
    __slots__ = ()

    @classmethod
    def _from_iterable(cls, it):
        return cls(it)

    # comparing: with other Sets only

    def __le__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) <= len(other) and all(item in other for item in self)

    def __ge__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) >= len(other) and all(item in self for item in other)

    def __lt__(self, other):
        return len(self) < len(other) and self.__le__(other) if isinstance(other, Set) else NotImplemented

    def __gt__(self, other):
        return len(self) > len(other) and self.__ge__(other) if isinstance(other, Set) else NotImplemented

    def __eq__(self, other):
        return len(self) == len(other) and self.__le__(other) if isinstance(other, Set) else NotImplemented

    def isdisjoint(self, other):
        """Whether the two have nothing in common."""
        return not any(item in self for item in other)

    # operators: with any iterable

    def __and__(self, other):
        if not isinstance(other, Iterable):
            return NotImplemented
        return self._from_iterable(item for item in other if item in self)

    def __or__(self, other):
        if not isinstance(other, Iterable):
            return NotImplemented
        return self._from_iterable(item for part in (self, other) for item in part)

    def _as_set(self, other):
        """other as a Set; None if it is not even iterable."""
        if isinstance(other, Set):
            return other
        return self._from_iterable(other) if isinstance(other, Iterable) else None

    def __sub__(self, other):
        other = self._as_set(other)
        return NotImplemented if other is None else self._from_iterable(item for item in self if item not in other)

    def __rsub__(self, other):
        other = self._as_set(other)
        return NotImplemented if other is None else self._from_iterable(item for item in other if item not in self)

    def __xor__(self, other):
        other = self._as_set(other)
        return NotImplemented if other is None else (self - other) | (other - self)

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__

    def _hash(self):
        """The hash that a frozenset of the same items has: for a __hash__ of sets that do not change."""
        return hash(frozenset(self))


class MutableSet(Set):
    """A set that can be changed, given add() and discard() as well."""
    __slots__ = ()

    @abstractmethod
    def add(self, value):
        """Put an item in."""
        raise NotImplementedError

    @abstractmethod
    def discard(self, value):
        """Take an item out, if it is there."""
        raise NotImplementedError

    def remove(self, value):
        """Take an item out; KeyError if it is not there."""
        if value not in self:
            raise KeyError(value)
        self.discard(value)

    def pop(self):
        """Take some item out and return it; KeyError if there is none."""
        for value in self:
            break
        else:
            raise KeyError
        self.discard(value)
        return value

    def clear(self):
        """Take all items out, one by one."""
        _exhaust(self.pop, KeyError)

    def __ior__(self, it):
        for item in it:
            self.add(item)
        return self

    def __iand__(self, it):
        for item in self - it:
            self.discard(item)
        return self

    def __isub__(self, it):
        if it is self:
            self.clear()
            return self
        for item in it:
            self.discard(item)
        return self

    def __ixor__(self, it):
        if it is self:
            self.clear()
            return self
        for item in self._as_set(it):
            (self.discard if item in self else self.add)(item)
        return self


# ---- mappings and their views ----

class Mapping(Collection):
    """A mapping, given __getitem__, __iter__ and __len__."""
    __slots__ = ()
    __abc_tpflags__ = 1 << 6  # case {...} matches it
    __reversed__ = None

    @abstractmethod
    def __getitem__(self, key):
        raise KeyError

    def __contains__(self, key):
        try:
            self[key]
            return True
        except KeyError:
            return False

    def get(self, key, default=None):
        """self[key], or default if there is no such key."""
        try:
            return self[key]
        except KeyError:
            return default

    def keys(self):
        """A view of the keys, as a set."""
        return KeysView(self)

    def items(self):
        """A view of the (key, value) pairs, as a set."""
        return ItemsView(self)

    def values(self):
        """A view of the values."""
        return ValuesView(self)

    def __eq__(self, other):
        return dict(self.items()) == dict(other.items()) if isinstance(other, Mapping) else NotImplemented


class MappingView(Sized):
    __slots__ = '_mapping',
    __class_getitem__ = _subscript

    def __init__(self, mapping):
        self._mapping = mapping

    def __repr__(self):
        return f'{self.__class__.__name__}({self._mapping!r})'

    def __len__(self):
        return len(self._mapping)


class KeysView(MappingView, Set):
    __slots__ = ()

    @classmethod
    def _from_iterable(self, it):
        return set(it)

    def __iter__(self):
        yield from self._mapping

    def __contains__(self, key):
        return key in self._mapping


class ItemsView(MappingView, Set):
    __slots__ = ()

    @classmethod
    def _from_iterable(self, it):
        return set(it)

    def __contains__(self, item):
        key, wanted = item
        try:
            value = self._mapping[key]
        except KeyError:
            return False
        return value is wanted or value == wanted

    def __iter__(self):
        mapping = self._mapping
        for key in mapping:
            yield key, mapping[key]


class ValuesView(MappingView, Collection):
    __slots__ = ()

    def __contains__(self, wanted):
        for value in self:
            if value is wanted or value == wanted:
                return True
        return False

    def __iter__(self):
        mapping = self._mapping
        for key in mapping:
            yield mapping[key]


class MutableMapping(Mapping):
    """A mapping that can be changed, given __setitem__ and __delitem__ as well."""
    __slots__ = ()

    @abstractmethod
    def __delitem__(self, key):
        raise KeyError

    @abstractmethod
    def __setitem__(self, key, value):
        raise KeyError

    _required = object()

    def pop(self, key, default=_required):
        """Take a key out and return its value. Without the key: default, or KeyError if none is given."""
        try:
            value = self[key]
        except KeyError:
            if default is self._required:
                raise
            return default
        del self[key]
        return value

    def popitem(self):
        """Take some (key, value) pair out and return it; KeyError if there is none."""
        for key in self:
            break
        else:
            raise KeyError
        value = self[key]
        del self[key]
        return key, value

    def clear(self):
        """Take all out, one by one."""
        _exhaust(self.popitem, KeyError)

    def update(self, other=(), /, **kwds):
        """Set keys from a mapping, or from (key, value) pairs; then those given by name."""
        if not isinstance(other, Mapping):
            for key, value in ((key, other[key]) for key in other.keys()) if hasattr(other, 'keys') else other:
                self[key] = value
        else:
            for key in other:
                self[key] = other[key]
        for key, value in kwds.items():
            self[key] = value

    def setdefault(self, key, default=None):
        """self[key]; if there is no such key, it is set to default first."""
        try:
            value = self[key]
        except KeyError:
            value = self[key] = default
        return value


# ---- sequences ----

class Sequence(Reversible, Collection):
    """A sequence, given __getitem__ and __len__."""
    __abc_tpflags__ = 1 << 5  # case [...] matches it
    __slots__ = ()

    @abstractmethod
    def __getitem__(self, index):
        raise IndexError

    def __iter__(self):
        at = 0
        try:
            while True:
                yield self[at]
                at += 1
        except IndexError:
            return

    def __reversed__(self):
        for at in range(len(self) - 1, -1, -1):
            yield self[at]

    def __contains__(self, wanted):
        for value in self:
            if value is wanted or value == wanted:
                return True
        return False

    def index(self, value, start=0, stop=None):
        """The first place of value, from start on and before stop; ValueError if there is none."""
        if start is not None and start < 0:
            start = max(len(self) + start, 0)
        if stop is not None and stop < 0:
            stop += len(self)
        at = start
        while stop is None or at < stop:
            try:
                found = self[at]
            except IndexError:
                break
            if found is value or found == value:
                return at
            at += 1
        raise ValueError

    def count(self, value):
        """How often value occurs."""
        return sum(1 for item in self if item is value or item == value)


class ByteString(Sequence):
    """What bytes and bytearray have in common."""
    __slots__ = ()


class MutableSequence(Sequence):
    """A sequence that can be changed, given __setitem__, __delitem__ and insert() as well."""
    __slots__ = ()

    @abstractmethod
    def __delitem__(self, index):
        raise IndexError

    @abstractmethod
    def __setitem__(self, index, value):
        raise IndexError

    @abstractmethod
    def insert(self, index, value):
        """Put value before the place index."""
        raise IndexError

    def append(self, value):
        """Put value at the end."""
        self.insert(len(self), value)

    def extend(self, values):
        """Put all values at the end."""
        for value in list(values) if values is self else values:
            self.append(value)

    def __iadd__(self, values):
        self.extend(values)
        return self

    def pop(self, index=-1):
        """Take an item out and return it; IndexError if there is none."""
        value = self[index]
        del self[index]
        return value

    def remove(self, value):
        """Take the first item equal to value out; ValueError if there is none."""
        del self[self.index(value)]

    def clear(self):
        """Take all items out, one by one."""
        _exhaust(self.pop, IndexError)

    def reverse(self):
        """Turn the order around."""
        for low in range(len(self) // 2):
            high = -1 - low
            self[low], self[high] = self[high], self[low]


# ---- what is built in ----

async def _make_coroutine():
    pass


async def _make_async_generator():
    yield


def _register_built_ins():
    coroutine = _make_coroutine()
    coroutine.close()
    Coroutine.register(type(coroutine))
    AsyncGenerator.register(type(_make_async_generator()))
    Generator.register(type(i for i in ()))
    Set.register(frozenset)
    MutableSet.register(set)
    Mapping.register(type(type.__dict__))
    MutableMapping.register(dict)
    for view, made in (KeysView, {}.keys()), (ItemsView, {}.items()), (ValuesView, {}.values()):
        view.register(type(made))
    for cls in tuple, str, range, memoryview:
        Sequence.register(cls)
    for cls in bytes, bytearray:
        ByteString.register(cls)
    for cls in list, bytearray:
        MutableSequence.register(cls)
    for iterable in (b'', bytearray(), {}.keys(), {}.values(), {}.items(), [], reversed([]), range(0), range(1 << 1000), set(), '', (),
                     zip()):
        Iterator.register(type(iter(iterable)))


_register_built_ins()
del _make_coroutine, _make_async_generator, _register_built_ins
