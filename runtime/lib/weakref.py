"""Weak references, and containers that do not keep their values or keys alive.

The containers hold a plain dict, `data`, with weak references in it. A reference's callback takes the entry out when its object
dies. Iterating goes over a copy of the entries, so objects may die meanwhile.
"""
from _weakref import getweakrefcount, getweakrefs, ref, proxy, CallableProxyType, ProxyType, ReferenceType
from _weakrefset import WeakSet
from _collections_abc import Mapping, MutableMapping, MutableSet

ProxyTypes = ProxyType, CallableProxyType

__all__ = ['ref', 'proxy', 'getweakrefcount', 'getweakrefs', 'WeakKeyDictionary', 'ReferenceType', 'ProxyType',
           'CallableProxyType', 'ProxyTypes', 'WeakValueDictionary', 'WeakSet', 'WeakMethod', 'finalize']

MutableSet.register(WeakSet)


class WeakMethod(ref):
    """A weak reference to a bound method: dead when its object or its function is, though the method object itself is short-lived."""

    __slots__ = '_function', '_kind', '_is_alive', '__weakref__'

    def __new__(cls, meth, callback=None):
        try:
            owner, function = meth.__self__, meth.__func__
        except AttributeError:
            raise TypeError(f'argument should be a bound method, not {type(meth)}') from None

        def died(_):
            self = myself()
            if self is not None and self._is_alive:
                self._is_alive = False
                if callback is not None:
                    callback(self)

        self = ref.__new__(cls, owner, died)
        self._function, self._kind, self._is_alive = ref(function, died), type(meth), True
        myself = ref(self)
        return self

    def __call__(self):
        owner, function = ref.__call__(self), self._function()
        return None if owner is None or function is None else self._kind(function, owner)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return NotImplemented
        if not (self._is_alive and other._is_alive):
            return self is other
        return ref.__eq__(self, other) and self._function == other._function

    def __ne__(self, other):
        same = WeakMethod.__eq__(self, other)
        return same if same is NotImplemented else not same

    __hash__ = ref.__hash__


class KeyedRef(ref):
    """A weak reference that knows under which key it is kept."""

    __slots__ = 'key',

    def __new__(cls, ob, callback, key):
        self = super().__new__(cls, ob, callback)
        self.key = key
        return self

    def __init__(self, ob, callback, key):
        super().__init__(ob, callback)


class _WeakDictionary(MutableMapping):
    """What the two dictionaries share. A subclass says how an entry of `data` is read: _entries() yields the live ones."""

    def __len__(self):
        return len(self.data)

    def __repr__(self):
        return f'<{self.__class__.__name__} at {id(self):#x}>'

    def items(self):
        return self._entries()

    def keys(self):
        for key, value in self._entries():
            yield key

    __iter__ = keys

    def values(self):
        for key, value in self._entries():
            yield value

    def copy(self):
        fresh = self.__class__()
        fresh.update(self._entries())
        return fresh

    __copy__ = copy

    def update(self, other=(), /, **more):
        if hasattr(other, 'items'):
            other = other.items()
        elif other is None:
            other = ()
        elif hasattr(other, 'keys'):
            other = [(key, other[key]) for key in other.keys()]
        for key, value in other:
            self[key] = value
        for key, value in more.items():
            self[key] = value

    def popitem(self):
        while True:
            entry = self._alive(*self.data.popitem())
            if entry is not None:
                return entry

    def __or__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        both = self.copy()
        both.update(other)
        return both

    def __ror__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        both = self.__class__()
        both.update(other)
        both.update(self)
        return both

    def __ior__(self, other):
        self.update(other)
        return self

    def _entries(self):
        for entry in self.data.copy().items():
            entry = self._alive(*entry)
            if entry is not None:
                yield entry
            del entry  # not to be kept alive until the next one is asked for


class WeakValueDictionary(_WeakDictionary):
    """A mapping whose values may die; then their entries go."""

    def __init__(self, other=(), /, **kw):
        def forget(dead, owner=ref(self)):
            owner = owner()
            if owner is not None and owner.data.get(dead.key) is dead:  # no newer value has taken its place
                del owner.data[dead.key]

        self._forget = forget
        self.data = {}
        self.update(other, **kw)

    @staticmethod
    def _alive(key, weak):
        value = weak()
        return None if value is None else (key, value)

    def __getitem__(self, key):
        value = self.data[key]()
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        self.data[key] = KeyedRef(value, self._forget, key)

    def __delitem__(self, key):
        del self.data[key]

    def __contains__(self, key):
        weak = self.data.get(key)
        return weak is not None and weak() is not None

    def get(self, key, default=None):
        weak = self.data.get(key)
        value = None if weak is None else weak()
        return default if value is None else value

    def setdefault(self, key, default=None):
        value = self.get(key)
        if value is None:
            self[key] = value = default
        return value

    def pop(self, key, *default):
        weak = self.data.pop(key, None)
        value = None if weak is None else weak()
        if value is not None:
            return value
        if not default:
            raise KeyError(key)
        return default[0]

    def __deepcopy__(self, memo):
        from copy import deepcopy
        fresh = self.__class__()
        for key, value in self._entries():
            fresh[deepcopy(key, memo)] = value
        return fresh

    def valuerefs(self):
        """The references to the values; some of them may be dead."""
        return list(self.data.values())

    def itervaluerefs(self):
        yield from self.valuerefs()


class WeakKeyDictionary(_WeakDictionary):
    """A mapping whose keys may die; then their entries go."""

    def __init__(self, dict=None):
        def forget(dead, owner=ref(self)):
            owner = owner()
            if owner is not None:
                owner.data.pop(dead, None)

        self._forget = forget
        self.data = {}
        if dict is not None:
            self.update(dict)

    @staticmethod
    def _alive(weak, value):
        key = weak()
        return None if key is None else (key, value)

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __setitem__(self, key, value):
        self.data[ref(key, self._forget)] = value

    def __delitem__(self, key):
        del self.data[ref(key)]

    def __contains__(self, key):
        try:
            return ref(key) in self.data
        except TypeError:  # nothing that can be referred to weakly
            return False

    def get(self, key, default=None):
        return self.data.get(ref(key), default)

    def setdefault(self, key, default=None):
        return self.data.setdefault(ref(key, self._forget), default)

    def pop(self, key, *default):
        return self.data.pop(ref(key), *default)

    def __deepcopy__(self, memo):
        from copy import deepcopy
        fresh = self.__class__()
        for key, value in self._entries():
            fresh[key] = deepcopy(value, memo)
        return fresh

    def keyrefs(self):
        """The references to the keys; some of them may be dead."""
        return list(self.data)


class _Job:
    """What a finalizer is to do; its number orders them at exit."""

    __slots__ = 'weak', 'function', 'args', 'kwargs', 'at_exit', 'number'


class finalize:
    """Calls func(*args, **kwargs) when obj dies, or at exit if it is still alive then. Lives by itself until it has run."""

    __slots__ = ()
    _jobs = {}  # finalize object to its _Job, as long as that is not done
    _made = 0
    _waits_for_exit = _is_shut_down = False

    def __init__(self, obj, func, /, *args, **kwargs):
        if not finalize._waits_for_exit:
            import atexit
            atexit.register(self._exitfunc)
            finalize._waits_for_exit = True
        job = _Job()
        job.weak, job.function, job.args, job.kwargs, job.at_exit = ref(obj, self), func, args, kwargs, True
        finalize._made = job.number = finalize._made + 1
        self._jobs[self] = job

    def __call__(self, _=None):
        """Do the job now, and return what func returns; None if it is done or given up already."""
        job = self._jobs.pop(self, None)
        if job is not None and not self._is_shut_down:
            return job.function(*job.args, **(job.kwargs or {}))

    def _open_job(self):
        """The job, its object and what is to be told of it, while the object lives; else (None, None)."""
        job = self._jobs.get(self)
        obj = job and job.weak()
        return (None, None) if obj is None else (job, (obj, job.function, job.args, job.kwargs or {}))

    def peek(self):
        """(obj, func, args, kwargs) while alive, else None."""
        return self._open_job()[1]

    def detach(self):
        """Give the job up; returns what peek() would have."""
        told = self._open_job()[1]
        return told if told is not None and self._jobs.pop(self, None) else None

    @property
    def alive(self):
        """Whether the job is still to be done."""
        return self in self._jobs

    @property
    def atexit(self):
        """Whether the job is done at exit, at the latest."""
        job = self._jobs.get(self)
        return job is not None and job.at_exit

    @atexit.setter
    def atexit(self, value):
        job = self._jobs.get(self)
        if job is not None:
            job.at_exit = bool(value)

    def __repr__(self):
        about = self.peek()
        name = type(self).__name__
        if about is None:
            return f'<{name} object at {id(self):#x}; dead>'
        return f'<{name} object at {id(self):#x}; for {type(about[0]).__name__!r} at {id(about[0]):#x}>'

    @classmethod
    def _exitfunc(cls):
        """At exit: the newest job first. Jobs may make new finalizers, so look again after each."""
        import gc
        collects = gc.isenabled()
        gc.disable()
        try:
            while True:
                waiting = [(job.number, f) for f, job in cls._jobs.items() if job.at_exit]
                if not waiting:
                    break
                f = max(waiting, key=lambda pair: pair[0])[1]
                try:
                    f()
                except Exception:
                    import sys
                    sys.excepthook(*sys.exc_info())
        finally:
            finalize._is_shut_down = True
            if collects:
                gc.enable()
