"""contextlib - things to use with `with`: managers made of generators, small ready-made ones, stacks of them.

Next: functools.py, _collections_abc.py.
"""
import abc
import sys
from _collections_abc import _check_methods
from collections import deque
from functools import wraps

__all__ = '''asynccontextmanager contextmanager closing nullcontext AbstractContextManager AbstractAsyncContextManager AsyncExitStack
ContextDecorator ExitStack redirect_stdout redirect_stderr suppress aclosing AsyncContextDecorator chdir'''.split()

GenericAlias, MethodType = type(list[int]), type(abc.ABC.register)  # as in types, which need not be imported for it


# ---- what a manager is ----

class AbstractContextManager(abc.ABC):
    """Anything with __enter__ and __exit__."""

    __class_getitem__ = classmethod(GenericAlias)

    def __enter__(self):
        return self

    @abc.abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        """The end of the block; true: the exception goes no further."""

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, '__enter__', '__exit__') if cls is AbstractContextManager else NotImplemented


class AbstractAsyncContextManager(abc.ABC):
    """Anything with __aenter__ and __aexit__."""

    __class_getitem__ = classmethod(GenericAlias)

    async def __aenter__(self):
        return self

    @abc.abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        """The end of the block; true: the exception goes no further."""

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, '__aenter__', '__aexit__') if cls is AbstractAsyncContextManager else NotImplemented


class _ForEachCall:
    """What the two sorts of decorators share."""

    def _recreate_cm(self):
        """The manager for one call of the decorated function; one that can be used only once gives a new one."""
        return self


class ContextDecorator(_ForEachCall):
    """Lets a manager decorate a function too: the block is then the call."""

    def __call__(self, func):
        @wraps(func)
        def inner(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)

        return inner


class AsyncContextDecorator(_ForEachCall):
    """Lets an asynchronous manager decorate a coroutine function too."""

    def __call__(self, func):
        @wraps(func)
        async def inner(*args, **kwds):
            async with self._recreate_cm():
                return await func(*args, **kwds)

        return inner


# ---- managers made of generators ----

class _FromGenerator:
    """Holds the generator, and as long as it has not begun what it was made from."""

    def __init__(self, func, args, kwds):
        self.args, self.kwds, self.func = args, kwds, func
        self.gen = func(*args, **kwds)
        doc = getattr(func, '__doc__', None)
        self.__doc__ = type(self).__doc__ if doc is None else doc

    def _recreate_cm(self):
        return self.__class__(self.func, self.args, self.kwds)


def _came_through(exc, thrown, traceback, ends):
    """Whether exc, which the generator raised, is only what was thrown into it: itself, or the RuntimeError that the
    interpreter makes of an exception that ends generators. Then the exception goes on as it was, and not from here."""
    if exc is not thrown:
        if not (isinstance(exc, RuntimeError) and isinstance(thrown, ends) and exc.__cause__ is thrown):
            return False
    thrown.__traceback__ = traceback
    return True


class _GeneratorContextManager(_FromGenerator, AbstractContextManager, ContextDecorator):
    """What a function decorated with @contextmanager returns."""

    _recreate_cm = _FromGenerator._recreate_cm

    def __enter__(self):
        del self.args, self.kwds, self.func  # so that the arguments live no longer than the generator wants
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, typ, value, traceback):
        if typ is None:
            for _ in self.gen:
                raise RuntimeError("generator didn't stop")
            return False
        thrown = typ() if value is None else value
        try:
            self.gen.throw(typ, thrown, traceback)
        except StopIteration as exc:
            return exc is not thrown  # ended by return: the exception was dealt with
        except BaseException as exc:
            if _came_through(exc, thrown, traceback, StopIteration):
                return False
            raise
        raise RuntimeError("generator didn't stop after throw()")


class _AsyncGeneratorContextManager(_FromGenerator, AbstractAsyncContextManager, AsyncContextDecorator):
    """What a function decorated with @asynccontextmanager returns."""

    _recreate_cm = _FromGenerator._recreate_cm

    async def __aenter__(self):
        del self.args, self.kwds, self.func
        try:
            return await anext(self.gen)
        except StopAsyncIteration:
            raise RuntimeError("generator didn't yield") from None

    async def __aexit__(self, typ, value, traceback):
        if typ is None:
            async for _ in self.gen:
                raise RuntimeError("generator didn't stop")
            return False
        thrown = typ() if value is None else value
        try:
            await self.gen.athrow(typ, thrown, traceback)
        except StopAsyncIteration as exc:
            return exc is not thrown
        except BaseException as exc:
            if _came_through(exc, thrown, traceback, (StopIteration, StopAsyncIteration)):
                return False
            raise
        raise RuntimeError("generator didn't stop after athrow()")


def _maker(manager):
    """The decorator that makes such managers of generator functions."""
    def decorate(func):
        @wraps(func)
        def helper(*args, **kwds):
            return manager(func, args, kwds)

        return helper

    return decorate


def contextmanager(func):
    """Decorates a generator function that yields once: what is before that enters, what is behind it leaves the block."""
    return _maker(_GeneratorContextManager)(func)


def asynccontextmanager(func):
    """As contextmanager, for asynchronous generator functions."""
    return _maker(_AsyncGeneratorContextManager)(func)


# ---- ready-made managers ----

class closing(AbstractContextManager):
    """Calls thing.close() at the end of the block."""

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *_):
        self.thing.close()


class aclosing(AbstractAsyncContextManager):
    """Awaits thing.aclose() at the end of the block."""

    def __init__(self, thing):
        self.thing = thing

    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, *_):
        await self.thing.aclose()


class nullcontext(AbstractContextManager, AbstractAsyncContextManager):
    """Does nothing, where a manager is wanted."""

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    async def __aenter__(self):
        return self.enter_result

    def __exit__(self, *_):
        """Nothing to do."""

    async def __aexit__(self, *_):
        """Nothing to do."""


class suppress(AbstractContextManager):
    """Ends the block quietly if one of these exceptions is raised in it."""

    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        """Nothing to do."""

    def __exit__(self, kind, *_):
        return kind is not None and issubclass(kind, self._exceptions)


class _Redirection(AbstractContextManager):
    def __init__(self, new_target):
        self._target = new_target
        self._before = []  # several, if a block stands in a block

    def __enter__(self):
        self._before.append(getattr(sys, self._stream))
        setattr(sys, self._stream, self._target)
        return self._target

    def __exit__(self, *_):
        setattr(sys, self._stream, self._before.pop())


class redirect_stdout(_Redirection):
    """sys.stdout is another file in the block."""

    _stream = 'stdout'


class redirect_stderr(_Redirection):
    """sys.stderr is another file in the block."""

    _stream = 'stderr'


class chdir(AbstractContextManager):
    """The current folder is another one in the block."""

    def __init__(self, path):
        self.path = path
        self._before = []

    def __enter__(self):
        import os
        self._before.append(os.getcwd())
        os.chdir(self.path)

    def __exit__(self, *_):
        import os
        os.chdir(self._before.pop())


# ---- stacks of managers ----

def _type_method(obj, name):
    """The special method of obj's type, bound, as a with statement finds it; None if there is none."""
    method = getattr(type(obj), name, None)
    return method and MethodType(method, obj)


def _enter_and_exit(cm, prefix, kind):
    enter, leave = _type_method(cm, f'__{prefix}enter__'), _type_method(cm, f'__{prefix}exit__')
    if enter is None or leave is None:
        cls = type(cm)
        raise TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does not support the {kind} protocol")
    return enter, leave


class _Unwinding:
    """The state while the callbacks of a stack are called: which exception there is now, and what has become of the first."""

    def __init__(self, details):
        self.details = details  # type, exception, traceback
        self.came_with_one = details[0] is not None
        self.is_suppressed = False
        self.error = None  # raised by a callback
        self.outer = sys.exc_info()[1]

    def suppress(self):
        self.is_suppressed, self.error, self.details = True, None, (None, None, None)

    def replace(self, new):
        """A callback raised: give new the context that it would have in with statements inside of each other."""
        old, last = self.details[1], new
        while last.__context__ is not None and last.__context__ is not old and last.__context__ is not self.outer:
            last = last.__context__
        if last.__context__ is not None and last.__context__ is not old:
            last.__context__ = old
        self.error, self.details = new, (type(new), new, new.__traceback__)


class _BaseExitStack:
    """Keeps (is synchronous, function with __exit__'s parameters); the last one is called first."""

    def __init__(self):
        self._exit_callbacks = deque()

    def _add(self, function, is_sync=True):
        self._exit_callbacks.append((is_sync, function))

    def pop_all(self):
        """A new stack with all that is on this one, which is empty then."""
        moved = type(self)()
        moved._exit_callbacks, self._exit_callbacks = self._exit_callbacks, deque()
        return moved

    def push(self, exit):
        """Put the __exit__ of a manager (which is not entered) or a function like it on the stack; returns what is given, so
        it can decorate."""
        self._add(_type_method(exit, '__exit__') or exit)
        return exit

    def callback(self, callback, /, *args, **kwds):
        """Put a call on the stack. It sees no exceptions; returns callback, so it can decorate."""
        def _exit_wrapper(*_):
            callback(*args, **kwds)

        _exit_wrapper.__wrapped__ = callback
        self._add(_exit_wrapper)
        return callback

    def enter_context(self, cm):
        """Enter a manager and put its __exit__ on the stack; returns what __enter__ does."""
        enter, leave = _enter_and_exit(cm, '', 'context manager')
        result = enter()
        self._add(leave)
        return result


class ExitStack(_BaseExitStack, AbstractContextManager):
    """A with statement whose managers are put on while it runs.

    with ExitStack() as stack:
        files = [stack.enter_context(open(name)) for name in names]
    """

    def __enter__(self):
        return self

    def __exit__(self, *exc_details):
        state = _Unwinding(exc_details)
        while self._exit_callbacks:
            _, leave = self._exit_callbacks.pop()
            try:
                if leave(*state.details):
                    state.suppress()
            except BaseException as new:
                state.replace(new)
        if state.error is None:
            return state.came_with_one and state.is_suppressed
        context = state.error.__context__
        try:
            raise state.error
        except BaseException as error:
            error.__context__ = context  # raise has set another one
            raise

    def close(self):
        """Call all that is on the stack, now."""
        self.__exit__(None, None, None)


class AsyncExitStack(_BaseExitStack, AbstractAsyncContextManager):
    """An ExitStack for asynchronous managers as well."""

    def push_async_exit(self, exit):
        """As push(), for __aexit__ and coroutine functions like it."""
        self._add(_type_method(exit, '__aexit__') or exit, False)
        return exit

    def push_async_callback(self, callback, /, *args, **kwds):
        """As callback(), for a coroutine function."""
        async def _exit_wrapper(*_):
            await callback(*args, **kwds)

        _exit_wrapper.__wrapped__ = callback
        self._add(_exit_wrapper, False)
        return callback

    async def enter_async_context(self, cm):
        """As enter_context(), for an asynchronous manager."""
        enter, leave = _enter_and_exit(cm, 'a', 'asynchronous context manager')
        result = await enter()
        self._add(leave, False)
        return result

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_details):
        state = _Unwinding(exc_details)
        while self._exit_callbacks:
            is_sync, leave = self._exit_callbacks.pop()
            try:
                if leave(*state.details) if is_sync else await leave(*state.details):
                    state.suppress()
            except BaseException as new:
                state.replace(new)
        if state.error is None:
            return state.came_with_one and state.is_suppressed
        context = state.error.__context__
        try:
            raise state.error
        except BaseException as error:
            error.__context__ = context
            raise

    async def aclose(self):
        """Call all that is on the stack, now."""
        await self.__aexit__(None, None, None)
