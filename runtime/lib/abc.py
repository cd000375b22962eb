"""abc - abstract base classes (PEP 3119).

An ABC answers isinstance() by more than inheritance: classes may be registered with it, or recognised by
its __subclasshook__.  Answers are cached per ABC, in sets of weak references that forget a class when it dies.
Keeps: a positive answer never changes; a negative one holds until somebody registers a class anywhere, which
moves _registrations on and so makes all negative caches stale.
Next: _collections_abc.py (the ABCs of the containers).
"""
from _weakref import ref
from sys import _match_like

_registrations = 0


def abstractmethod(funcobj):
    """Mark a method that subclasses must override before they can be instantiated."""
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractclassmethod(classmethod):
    """Old spelling of @classmethod over @abstractmethod."""
    __isabstractmethod__ = True

    def __init__(self, callable):
        super().__init__(abstractmethod(callable))


class abstractstaticmethod(staticmethod):
    """Old spelling of @staticmethod over @abstractmethod."""
    __isabstractmethod__ = True

    def __init__(self, callable):
        super().__init__(abstractmethod(callable))


class abstractproperty(property):
    """Old spelling of @property over @abstractmethod."""
    __isabstractmethod__ = True


class _Answers:
    """What one ABC has learnt: sets of weak references to classes."""
    __slots__ = ('registry', 'yes', 'no', 'no_valid_at')

    def __init__(self):
        self.registry = set()
        self.yes = set()
        self.no = set()
        self.no_valid_at = _registrations


def _remember(refs, cls):
    refs.add(ref(cls, refs.discard))


def _own_abstracts(namespace):
    return {name for name, value in namespace if getattr(value, '__isabstractmethod__', False)}


def _inherited_abstracts(cls, bases):
    found = set()
    for base in bases:
        for name in getattr(base, '__abstractmethods__', ()):
            if getattr(getattr(cls, name, None), '__isabstractmethod__', False):
                found.add(name)
    return found


class ABCMeta(type):
    """The metaclass of abstract base classes."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        cls.__abstractmethods__ = frozenset(_own_abstracts(namespace.items()) | _inherited_abstracts(cls, bases))
        cls._abc_impl = _Answers()
        return cls

    def register(cls, subclass):
        """Make subclass a virtual subclass of this ABC.  Returns it, so this serves as a decorator."""
        global _registrations
        if not isinstance(subclass, type):
            raise TypeError('Can only register classes')
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError('Refusing to create an inheritance cycle')
        _remember(cls._abc_impl.registry, subclass)
        _registrations += 1
        _match_like(subclass, cls)
        return subclass

    def __instancecheck__(cls, instance):
        """isinstance(instance, cls)"""
        subclass = instance.__class__
        answers = cls._abc_impl
        known = ref(subclass)
        if known in answers.yes:
            return True
        subtype = type(instance)
        if subtype is subclass:
            if known in answers.no and answers.no_valid_at == _registrations:
                return False
            return cls.__subclasscheck__(subclass)
        return cls.__subclasscheck__(subclass) or cls.__subclasscheck__(subtype)

    def __subclasscheck__(cls, subclass):
        """issubclass(subclass, cls)"""
        if not isinstance(subclass, type):
            raise TypeError('issubclass() arg 1 must be a class')
        answers = cls._abc_impl
        known = ref(subclass)
        if known in answers.yes:
            return True
        if answers.no_valid_at != _registrations:
            answers.no = set()
            answers.no_valid_at = _registrations
        elif known in answers.no:
            return False
        answer = cls._decide(subclass, answers)
        _remember(answers.yes if answer else answers.no, subclass)
        return answer

    def _decide(cls, subclass, answers):
        hook = cls.__subclasshook__(subclass)
        if hook is not NotImplemented:
            if hook is not True and hook is not False:
                raise AssertionError('__subclasshook__ must return either False, True, or NotImplemented')
            return hook
        if cls in getattr(subclass, '__mro__', ()):
            return True
        for registered in list(answers.registry):
            known = registered()
            if known is not None and issubclass(subclass, known):
                return True
        for child in cls.__subclasses__():
            if issubclass(subclass, child):
                return True
        return False

    def _dump_registry(cls, file=None):
        print(f'Class: {cls.__module__}.{cls.__qualname__}', file=file)
        print(f'Inv. counter: {get_cache_token()}', file=file)
        answers = cls._abc_impl
        print(f'_abc_registry: {answers.registry!r}', file=file)
        print(f'_abc_cache: {answers.yes!r}', file=file)
        print(f'_abc_negative_cache: {answers.no!r}', file=file)
        print(f'_abc_negative_cache_version: {answers.no_valid_at!r}', file=file)

    def _abc_registry_clear(cls):
        cls._abc_impl.registry.clear()

    def _abc_caches_clear(cls):
        cls._abc_impl.yes.clear()
        cls._abc_impl.no.clear()


def get_cache_token():
    """A number that changes with every call of ABCMeta.register()."""
    return _registrations


def update_abstractmethods(cls):
    """Compute __abstractmethods__ again, after methods were added to a finished class."""
    if not hasattr(cls, '__abstractmethods__'):
        return cls
    found = _inherited_abstracts(cls, cls.__bases__) | _own_abstracts(list(cls.__dict__.items()))
    cls.__abstractmethods__ = frozenset(found)
    return cls


class ABC(metaclass=ABCMeta):
    """A base class that gives its subclasses the metaclass ABCMeta."""
    __slots__ = ()
