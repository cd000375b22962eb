# contextlib: managers of generators, ready-made ones, decorators
import contextlib
import io
import os
import sys


def attempt(f, *args):
    try:
        print(repr(f(*args)))
    except BaseException as e:
        print(type(e).__name__ + ':', e, '|', repr(e.__context__), repr(e.__cause__), e.__suppress_context__)


@contextlib.contextmanager
def tracked(name, swallow=(), again=False):
    """Says what happens."""
    print('enter', name)
    try:
        yield name.upper()
    except swallow as e:
        print('swallowed', repr(e))
    finally:
        print('exit', name)
    if again:
        yield


def use(manager, exc=None):
    with manager as value:
        if exc:
            raise exc
    return value


attempt(use, tracked('a'))
attempt(use, tracked('a'), ValueError('v'))
attempt(use, tracked('a', ValueError), ValueError('v'))
attempt(use, tracked('a', again=True))
attempt(use, tracked('a', ValueError, again=True), ValueError('v'))
attempt(use, tracked('a'), StopIteration('s'))
attempt(use, tracked('a'), RuntimeError('r'))
attempt(use, tracked('a', StopIteration), StopIteration('s'))


@contextlib.contextmanager
def empty():
    return
    yield


@contextlib.contextmanager
def replaces():
    try:
        yield
    except ValueError as e:
        raise KeyError('other') from e


attempt(use, empty())
attempt(use, replaces(), ValueError('v'))
print(tracked.__name__, tracked.__doc__, tracked('x').__doc__, type(tracked('x')).__name__)


@tracked('decorated')
def twice(x):
    return x * 2


print(twice(4), twice(5), twice.__name__)
used = tracked('once')
attempt(use, used)
attempt(use, used)
out = io.StringIO()
with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
    print('hidden')
    print('too', file=sys.stderr)
print(repr(out.getvalue()))
with contextlib.suppress(KeyError, IndexError):
    [][1]
attempt(use, contextlib.suppress(KeyError), IndexError('i'))
attempt(use, contextlib.suppress(), IndexError('i'))
print(use(contextlib.nullcontext(5)), use(contextlib.nullcontext()))
attempt(use, contextlib.nullcontext(5), OSError('o'))


class Thing:
    def close(self):
        print('closed')


print(type(use(contextlib.closing(Thing()))).__name__)
attempt(use, contextlib.closing(5))
here = os.getcwd()
with contextlib.chdir('/'):
    print(os.getcwd())
print(os.getcwd() == here)


class Duck:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        print('duck', args[0])
        return True


print(issubclass(Duck, contextlib.AbstractContextManager), isinstance(5, contextlib.AbstractContextManager), contextlib.AbstractContextManager[int])
attempt(contextlib.AbstractContextManager)

# stacks
with contextlib.ExitStack() as stack:
    print(stack.enter_context(tracked('one')))
    stack.callback(print, 'called back', end='!\n')
    stack.push(Duck())
    stack.push(lambda *details: print('function', details[0]))
    raise ValueError('in the block')
print('after')


def failing(*details):
    raise KeyError('in callback')


def run(*callbacks, exc=None):
    with contextlib.ExitStack() as s:
        for c in callbacks:
            s.push(c)
        if exc:
            raise exc
    return 'ended'


attempt(run, failing)
attempt(run, failing, exc=None)
try:
    run(failing, lambda *d: False, exc=ValueError('v'))
except KeyError as e:
    print(repr(e), repr(e.__context__), repr(e.__context__.__context__))
attempt(lambda: run(lambda *d: True, failing, exc=ValueError('v')))
stack = contextlib.ExitStack()
stack.callback(print, 'moved')
other = stack.pop_all()
stack.close()
other.close()
other.close()
attempt(contextlib.ExitStack().enter_context, 5)
attempt(contextlib.ExitStack().callback)
