"""Isolated interpreters in one process: each has its own objects, modules and GIL, so several run really at the same time.

    interp = create()
    interp.exec('print("in here")')         # in its __main__, on this thread
    interp.call(math.factorial, 20)         # arguments and result are copied
    interp.call_in_thread(work, queue)      # a thread of ours goes there
    interp.close()

Nothing is shared but what goes through a Queue, or lies in a memoryview's memory. An interpreter adds no concurrency by itself: a thread has
to go into it, one at a time.

Next: _queues.py; _crossing.py (how values go over), _crossing_inside.py (what runs on the other side); interp/vm/family.c.  PEP 734.
"""
import _crossing
import _interpreters
import textwrap as _textwrap
import threading as _threading
import types as _types
import weakref as _weakref

from _crossing import NotShareableError, is_shareable
from _interpreters import InterpreterError, InterpreterNotFoundError
from concurrent.interpreters._queues import (UNBOUND, UNBOUND_ERROR, UNBOUND_REMOVE, ItemInterpreterDestroyed, Queue, QueueEmpty,
                                             QueueError, QueueFull, QueueNotFoundError, create_queue)

__all__ = ['get_current', 'get_main', 'create', 'list_all', 'is_shareable', 'Interpreter', 'InterpreterError',
           'InterpreterNotFoundError', 'ExecutionFailed', 'NotShareableError', 'create_queue', 'Queue', 'QueueEmpty', 'QueueFull']


class ExecutionFailed(InterpreterError):
    """Code that ran in another interpreter raised. excinfo tells of it: type, msg, formatted, errdisplay."""

    def __init__(self, excinfo):
        self.excinfo = excinfo
        super().__init__(excinfo.formatted)

    def __str__(self):
        return f'{super().__str__()}\n\nUncaught in the interpreter:\n\n{self.excinfo.errdisplay}'


_known = _weakref.WeakValueDictionary()   # id: the one Interpreter that stands for it here
_lock = _threading.Lock()                 # guards _known


class Interpreter:
    """One interpreter of this process. The last Interpreter object that names it, in whatever interpreter, ends it when it goes."""

    def __new__(cls, id, /):
        if not isinstance(id, int):
            raise TypeError(f'id must be an int, got {id!r}')
        with _lock:
            self = _known.get(id)
            if self is None:
                self = super().__new__(cls)
                self._id = None
                _interpreters.hold(id)
                _known[id] = self
                self._id = id
            return self

    def __repr__(self):
        return f'{type(self).__name__}({self.id})'

    def __hash__(self):
        return hash(self._id)

    def __del__(self, _drop=_interpreters.drop, _close=_interpreters.close, _error=InterpreterError):
        if self._id is not None and _drop(self._id):
            try:
                _close(self._id)
            except _error:
                pass  # another was quicker

    def __reduce__(self):
        _interpreters.keep(self._id)
        return type(self), (self._id,)

    @property
    def id(self):
        return self._id

    @property
    def whence(self):
        return 'runtime init' if self._id == 0 else '_interpreters module'

    def is_running(self):
        """Is a thread of another interpreter in it?"""
        return _interpreters.is_running(self._id)

    def close(self):
        """End it: its threads are waited for, its exit functions run, its memory is free."""
        _interpreters.close(self._id)

    def prepare_main(self, ns=None, /, **kwargs):
        """Copy values into its __main__."""
        names = dict(ns or {}, **kwargs)
        self._ask('bind', names)

    def exec(self, code, /):
        """Run source text, a code object, or a function without arguments in its __main__. Nothing comes back."""
        if isinstance(code, str):
            self._ask('exec', _textwrap.dedent(code))
        elif isinstance(code, (_types.CodeType, _types.FunctionType)):
            self._ask('exec', _crossing.Code(getattr(code, '__code__', code)))
        else:
            raise TypeError(f'exec() argument must be a str, a code object or a function, not {type(code).__name__}')

    def call(self, callable, /, *args, **kwargs):
        """Call it there, with copies of the arguments. Gives a copy of what it returns."""
        return self._ask('call', (callable, args, kwargs))

    def call_in_thread(self, callable, /, *args, **kwargs):
        """Call it there on a new thread; gives the thread. What it returns is lost, what it raises goes to threading.excepthook."""
        thread = _threading.Thread(target=self._ask, args=('call', (callable, args, kwargs)), kwargs={'lose_result': True})
        thread.start()
        return thread

    def _ask(self, what, value, lose_result=False):
        request = _crossing.main_file() + b'\0' + _crossing.dumps((what, value, lose_result))
        _crossing.flush()  # what was printed here comes before what is printed there
        state, answer = _crossing.loads(_interpreters.run(self._id, request))
        if state == 'raised':
            raise ExecutionFailed(answer)
        if state == 'kept':
            raise NotShareableError(answer)
        return answer


def create():
    """A new interpreter: with builtins, sys and an empty __main__, and the same folders to import from."""
    return Interpreter(_interpreters.create())


def list_all():
    """The interpreters of this process."""
    found = []
    for id in _interpreters.list_all():
        try:
            found.append(Interpreter(id))
        except InterpreterNotFoundError:
            pass  # it has ended meanwhile
    return found


def get_current():
    """The one that this code runs in."""
    return Interpreter(_interpreters.current())


def get_main():
    """The first one of the process."""
    return Interpreter(0)
