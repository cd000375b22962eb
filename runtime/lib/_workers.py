"""--workers=processes|interpreters: a Thread that a script starts runs elsewhere, with copies of all that it uses.

  processes     start() forks; the child runs the thread's run() and ends. The parent's Thread waits for it, so join() means what it meant.
  interpreters  start() packs target, arguments and the thread's attributes; the Thread then makes an interpreter, has it run the thread, and
                ends it. The script's functions, classes and imports are run once more in there; its other variables are copied.

Either way: what the thread changes, others do not see. That difference is the lesson. What goes across are queue.Queue and queue.SimpleQueue,
and Lock, RLock, Semaphore, BoundedSemaphore, Condition, Event and Barrier of threading: where a script makes one, it gets one that workers share
(those of multiprocessing, with threading's arguments).
Threads, locks and queues that the library itself makes stay what they are: what counts is who calls.
Next: threading.py (Thread.start), _crossing.py, multiprocessing/synchronize.py.
"""
import builtins
import os
import sys
import types

IS_IN_PROCESSES = sys._workers == 'processes'


def is_library(frame):
    return frame.f_code.co_filename.startswith('<lib>')


def prepare(thread):
    """thread.start() was called: let run() do its work elsewhere."""
    if type(thread) is threading.Timer:
        _delay(thread)
    elif IS_IN_PROCESSES:
        _fork(thread)
    else:
        _pack(thread)


def _delay(timer):
    """The timer waits here, where it can be cancelled; what it calls is called elsewhere."""
    called = threading.Thread(target=timer.function, args=timer.args, kwargs=timer.kwargs, name=timer.name)
    if not IS_IN_PROCESSES:
        _pack(called)

    def function(*args, **kwargs):
        if IS_IN_PROCESSES:
            _fork(called)
        called.run()

    timer.function = function


def _flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            pass


# ---- processes ----

_daemons = set()   # pids: the program's end does not wait for them, but ends them


def _fork(thread):
    import warnings
    _flush()
    with warnings.catch_warnings():
        warnings.simplefilter('ignore', DeprecationWarning)  # that there are threads is known
        mine, childs = os.pipe()
        pid = os.fork()
    if pid == 0:
        os.close(childs)
        _be(thread, mine)
    os.close(mine)

    def run():
        thread.__dict__.pop('run', None)
        status = _wait_for(pid)
        os.close(childs)
        _daemons.discard(pid)
        del thread._target, thread._args, thread._kwargs
        if os.WIFSIGNALED(status) and not threading._is_ending:
            print(f'{thread.name}: its process was ended by signal {os.WTERMSIG(status)}', file=sys.stderr)

    if thread.daemon:
        if not _daemons:
            import atexit
            atexit.register(_end_daemons)
        _daemons.add(pid)
    thread.run = run


def _wait_for(pid):
    return os.waitpid(pid, 0)[1]


def _end_daemons():
    import signal
    for pid in [*_daemons]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def _be(thread, sentinel):
    """In the child: be that thread, and end."""
    import signal
    from _multiprocessing import signal_at_hangup
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is the main thread's, in the parent
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal_at_hangup(sentinel, signal.SIGTERM)    # nobody outlives the parent
        _daemons.clear()
        if 'multiprocessing.util' in sys.modules:
            sys.modules['multiprocessing.util']._run_after_forkers()
        threading._drop_locals()
        threading._become(thread)
        try:
            thread.run()
        except BaseException:
            threading._report_exception(thread)
        threading._shutdown()
        if 'multiprocessing.util' in sys.modules:
            sys.modules['multiprocessing.util']._exit_function()   # what queues have not sent yet
        status = 0
    finally:
        _flush()
        os._exit(status)


# ---- interpreters ----

def _pack(thread):
    import _crossing
    kept = {name: value for name, value in thread.__dict__.items() if name not in _OWN}
    try:
        request = _dumps((type(thread), thread.name, thread._target, thread._args, thread._kwargs, kept))
    except _crossing.NotShareableError as error:
        raise _crossing.NotShareableError(f'{thread.name} cannot be started in another interpreter: {error}'.replace(
            'object could not be copied to another interpreter: ', '')) from None
    request = _dumps((_script(), request))

    def run():
        import _interpreters
        thread.__dict__.pop('run', None)
        del thread._target, thread._args, thread._kwargs
        there = _interpreters.create()
        try:
            state, told = _crossing.loads(_interpreters.run(there, b'\0' + _crossing.dumps(('call', (_inside, (request,), {}), True))))
            if state == 'raised':   # before the thread itself began
                print(f'{thread.name} could not be started in another interpreter:\n{told.errdisplay}', file=sys.stderr)
        finally:
            _interpreters.close(there)

    thread.run = run


class _SameProcess:
    """What multiprocessing's objects are packed for: they find their descriptors in this process."""

    def duplicate_for_child(self, fd):
        return os.dup(fd)

    class DupFd:
        def __init__(self, fd):
            self.fd = fd

        def detach(self):
            return self.fd


def _dumps(value):
    import _crossing
    context = sys.modules.get('multiprocessing.context')
    if context is None:  # nothing of it can be in there
        return _crossing.dumps(value)
    context.set_spawning_popen(_SameProcess())
    try:
        return _crossing.dumps(value)
    finally:
        context.set_spawning_popen(None)


class Left:
    """In the place of a variable of the script that cannot be copied: every use says so."""

    def __init__(self, text):
        self.__dict__['_left'] = text

    def __reduce__(self):
        return Left, (self.__dict__['_left'],)

    def _fail(self, *args):
        raise RuntimeError(self.__dict__['_left'])

    __getattr__ = _fail
    __setattr__ = __call__ = __enter__ = __exit__ = __iter__ = __next__ = __len__ = __bool__ = __getitem__ = __setitem__ = _fail


_known = None, None   # names of the script's variables, and what _definitions() gave for them


def _script():
    """(file, source of the definitions, [(name, packed value)], [(name, why not)]) of the script."""
    global _known
    main = sys.modules['__main__']
    path = getattr(main, '__file__', None)
    if _known[0] != main.__dict__.keys():
        _known = {*main.__dict__}, _definitions(_source(path), main.__dict__)
    text, names = _known[1]
    values, left = [], []
    import _crossing
    for name in names:
        if name not in main.__dict__:
            continue
        try:
            values.append((name, _dumps(main.__dict__[name])))
        except _crossing.NotShareableError as error:
            left.append((name, str(error.__cause__)))
    return path, text, values, left


def _source(path):
    if path is not None:
        with open(path, encoding='utf-8', errors='replace') as file:
            return file.read()
    return sys.orig_argv[sys.orig_argv.index('-c') + 1] if '-c' in sys.orig_argv else ''


def _definitions(source, variables):
    """The source with nothing but imports, functions and classes, on their lines; and the names of variables that these use."""
    import ast
    kept, assigned = [], {}
    for statement in ast.parse(source).body:
        if _is_definition(statement):
            kept.append(statement)
        elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            for target in targets:
                if isinstance(target, ast.Name):
                    assigned[target.id] = statement
    # what stands for a class or a function is defined once more: P = namedtuple(...), square = lambda x: x * x
    for name, statement in assigned.items():
        if isinstance(variables.get(name), (type, types.FunctionType)) and statement not in kept:
            kept.append(statement)
    text = _on_their_lines(source, kept)
    code = compile(text, '<definitions>', 'exec', dont_inherit=True)
    defined = {*code.co_names} & {name for name, value in variables.items() if isinstance(value, (type, types.FunctionType, types.ModuleType))}
    used = _names(code) | {name for name, statement in assigned.items()}
    return text, sorted(name for name in used if name in variables and name not in defined and not hasattr(builtins, name)
                        and not isinstance(variables[name], (types.ModuleType, threading.Thread)) and name[:2] != '__')


def _on_their_lines(source, statements):
    lines = [line.encode() for line in source.splitlines()]   # columns of a tree are bytes
    shown = [b''] * len(lines)
    for statement in sorted(statements, key=lambda s: (s.lineno, s.col_offset)):
        first = min([statement.lineno, *(d.lineno for d in getattr(statement, 'decorator_list', ()))]) - 1
        last = statement.end_lineno - 1
        part = lines[first:last + 1]
        part[-1] = part[-1][:statement.end_col_offset]
        if first == statement.lineno - 1:
            part[0] = part[0][statement.col_offset:]
        if shown[first]:
            part[0] = shown[first] + b'; ' + part[0]
        shown[first:last + 1] = part
    return b'\n'.join(shown).decode() + '\n'


def _is_definition(statement):
    import ast
    if isinstance(statement, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return True
    if isinstance(statement, ast.Try):
        return all(map(_is_definition, [*statement.body, *statement.orelse, *statement.finalbody]))
    return isinstance(statement, ast.If) and all(map(_is_definition, [*statement.body, *statement.orelse]))


def _names(code):
    found = {*code.co_names}
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            found |= _names(constant)
    return found


def _install(script):
    """There: make the script's names."""
    import _crossing
    import _crossing_inside
    path, text, values, left = script
    main = sys.modules['__main__']
    if path is not None:
        main.__file__ = _crossing_inside.script = path
    main.__dict__.update({name: Left(f'{name!r} is not here: it cannot be copied to another interpreter ({reason})') for name, reason in left})
    late = []
    for name, data in values:
        try:
            main.__dict__[name] = _crossing.loads(data)
        except AttributeError:   # an instance of a class of the script
            late.append((name, data))
    exec(compile(text, path or '<string>', 'exec', dont_inherit=True), main.__dict__)
    main.__dict__.update({name: _crossing.loads(data) for name, data in late})


def _inside(request):
    """There: make the script's names, then the thread, and run it."""
    import _crossing
    script, packed = _crossing.loads(request)
    _install(script)
    kind, name, target, args, kwargs, kept = _crossing.loads(packed)
    thread = kind.__new__(kind)
    threading.Thread.__init__(thread, None, target, name, args, kwargs)
    thread.__dict__.update(kept)
    threading._become(thread)
    try:
        thread.run()
    except BaseException:
        threading._report_exception(thread)
    finally:
        threading._become(threading.main_thread())
        if 'multiprocessing.util' in sys.modules:
            sys.modules['multiprocessing.util']._run_finalizers()


# ---- a script's ThreadPoolExecutor ----

def pool_class(usual):
    """A ThreadPoolExecutor whose workers make each call in a forked process, or all of their calls in an interpreter of their own."""
    from concurrent.futures import interpreter, thread

    class ProcessPlace(thread._Here):
        def begin(self):
            pass  # each process begins with the initializer

        def call(self, task):
            return _call_in_fork(self, task)

        def call_here(self, task):
            super().begin()
            return super().call(task)

    class InterpreterPlace(interpreter._There):
        @staticmethod
        def prepare(function, args, kwargs):
            return _dumps((function, args, kwargs))

        def begin(self):
            from concurrent import interpreters
            self.interpreter = interpreters.create()
            self.interpreter._ask('call', (_install, (_script(),), {}), True)
            if self.first is not None:
                self.call(self.first)

    class ThreadPoolExecutor(usual):
        _place = ProcessPlace if IS_IN_PROCESSES else InterpreterPlace

    ThreadPoolExecutor.__module__, ThreadPoolExecutor.__qualname__ = usual.__module__, usual.__qualname__
    return ThreadPoolExecutor


def _call_in_fork(place, task):
    import pickle
    _flush()
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        _answer(place, task, theirs)
    os.close(theirs)
    with open(ours, 'rb') as stream:
        data = stream.read()
    status = _wait_for(pid)
    if not data:
        raise RuntimeError(f'the process of a worker ended abruptly (status {os.waitstatus_to_exitcode(status)})')
    succeeded, answer = pickle.loads(data)
    if succeeded:
        return answer
    raise answer


def _answer(place, task, theirs):
    import pickle
    import signal
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if 'multiprocessing.util' in sys.modules:
            sys.modules['multiprocessing.util']._run_after_forkers()
        try:
            answer = True, place.call_here(task)
        except BaseException as error:
            answer = False, error
        try:
            data = pickle.dumps(answer)
        except Exception as error:
            data = pickle.dumps((False, TypeError(f'the result cannot be copied to the parent: {error}')))
        with open(theirs, 'wb') as stream:
            stream.write(data)
        if 'multiprocessing.util' in sys.modules:
            sys.modules['multiprocessing.util']._exit_function()
        status = 0
    finally:
        _flush()
        os._exit(status)


# ---- locks and queues that workers share ----

class Tokens:
    """A semaphore between interpreters, with the interface of _multiprocessing.SemLock."""

    SEM_VALUE_MAX = 2147483647

    def __init__(self, kind, value, maxvalue, name, unlink):
        import _interpreters
        handle = _interpreters.queue_create(0, 3, value)
        _interpreters.queue_keep(handle)
        self._set(handle, kind, maxvalue)

    def _set(self, handle, kind, maxvalue):
        self.handle, self.kind, self.maxvalue, self.name = handle, kind, maxvalue, None
        self._owner, self._times = None, 0

    @classmethod
    def _rebuild(cls, handle, kind, maxvalue, name):
        self = cls.__new__(cls)
        self._set(handle, kind, maxvalue)
        return self

    def __reduce__(self):
        return Tokens._rebuild, (self.handle, self.kind, self.maxvalue, None)

    def _is_mine(self):
        return self._times > 0 and self._owner == threading.get_ident()

    def acquire(self, block=True, timeout=None):
        from _interpreters import counter_down
        if self.kind == 0 and self._is_mine():
            self._times += 1
            return True
        if not counter_down(self.handle, (timeout if timeout is None else max(timeout, 0)) if block else 0):
            return False
        self._owner = threading.get_ident()
        self._times += 1
        return True

    def release(self):
        from _interpreters import counter_up
        if self.kind == 0:
            if not self._is_mine():
                raise AssertionError('attempt to release recursive lock not owned by thread')
            if self._times > 1:
                self._times -= 1
                return
        elif self._get_value() >= self.maxvalue:
            raise ValueError('semaphore or lock released too many times')
        self._times -= 1
        counter_up(self.handle)

    def _get_value(self):
        from _interpreters import queue_state
        return queue_state(self.handle)[0]

    def _is_zero(self):
        return self._get_value() == 0

    def _count(self):
        return self._times

    def _after_fork(self):
        self._times = 0

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *args):
        self.release()


def _timeout(blocking, timeout):
    if not blocking and timeout is not None and timeout != -1:
        raise ValueError("can't specify a timeout for a non-blocking call")
    if timeout is not None and timeout < 0 and timeout != -1:
        raise ValueError('timeout value must be a non-negative number')
    return None if timeout == -1 else timeout


class Numbers:
    """A few small numbers that all interpreters see. Who writes holds a lock."""

    ZERO = 1000   # where a counter stands for 0: it cannot be negative

    def __init__(self, count):
        self._counters = [Tokens(1, self.ZERO, Tokens.SEM_VALUE_MAX, None, None) for _ in range(count)]

    def __getitem__(self, i):
        return self._counters[i]._get_value() - self.ZERO

    def __setitem__(self, i, value):
        while self[i] < value:
            self._counters[i].release()
        while self[i] > value:
            self._counters[i].acquire()


class InterpretersQueue:
    """queue.Queue between interpreters: an item is copied on its way in and again on its way out."""

    def __init__(self, maxsize=0):
        from concurrent.interpreters import _queues
        self.maxsize, self._items = maxsize, _queues.create_queue(maxsize, unbounditems=_queues.KEPT)
        self._unfinished, self._all_done = _class('Semaphore')(0), _class('Condition')()

    def put(self, item, block=True, timeout=None):
        import queue
        self._unfinished.release()  # before: it may be done when put() returns
        try:
            self._items.put(item, block, timeout)
        except queue.Full:
            self._unfinished.acquire()
            raise queue.Full from None

    def get(self, block=True, timeout=None):
        import queue
        try:
            return self._items.get(block, timeout)
        except queue.Empty:
            raise queue.Empty from None

    def put_nowait(self, item):
        self.put(item, False)

    def get_nowait(self):
        return self.get(False)

    def qsize(self):
        return self._items.qsize()

    def empty(self):
        return self._items.empty()

    def full(self):
        return self._items.full()

    def task_done(self):
        with self._all_done:
            if not self._unfinished.acquire(False):
                raise ValueError('task_done() called too many times')
            if self._unfinished._semlock._is_zero():
                self._all_done.notify_all()

    def join(self):
        with self._all_done:
            while not self._unfinished._semlock._is_zero():
                self._all_done.wait()


def _shared_classes():
    """threading's and queue's names for what multiprocessing has, with threading's arguments."""
    from multiprocessing import context, queues, synchronize
    here = context._default_context.get_context('fork')

    class Threadlike:
        def _make_methods(self):
            take = self._semlock.acquire
            self.acquire = lambda blocking=True, timeout=-1: take(blocking, _timeout(blocking, timeout))
            self.release = self._release

        def _release(self):
            try:
                self._semlock.release()
            except ValueError:
                raise RuntimeError('release unlocked lock') from None
            except AssertionError:
                raise RuntimeError('cannot release un-acquired lock') from None

        def locked(self):
            return self._semlock._get_value() == 0

        def __enter__(self):
            return self.acquire()

        def __exit__(self, *args):
            self.release()

    class Lock(Threadlike, synchronize.Lock):
        def __init__(self):
            super().__init__(ctx=here)

    class RLock(Threadlike, synchronize.RLock):
        def __init__(self):
            super().__init__(ctx=here)

    class Counted(Threadlike):
        def __init__(self, value=1):
            if value < 0:
                raise ValueError('semaphore initial value must be >= 0')
            super().__init__(value, ctx=here)

        def _release(self, n=1):
            for _ in range(n):
                try:
                    self._semlock.release()
                except ValueError:
                    raise ValueError('Semaphore released too many times') from None

    class Semaphore(Counted, synchronize.Semaphore):
        pass

    class BoundedSemaphore(Counted, synchronize.BoundedSemaphore):
        pass

    class Condition(synchronize.Condition):
        def __init__(self, lock=None):
            super().__init__(lock or RLock(), ctx=here)

    class Event(synchronize.Event):
        def __init__(self):
            super().__init__(ctx=here)

    class Barrier(synchronize.Barrier):
        def __init__(self, parties, action=None, timeout=None):
            if IS_IN_PROCESSES:
                super().__init__(parties, action, timeout, ctx=here)
            else:
                self.__setstate__((parties, action, timeout, Condition(), Numbers(2)))

        if not IS_IN_PROCESSES:
            def __setstate__(self, state):
                self._parties, self._action, self._timeout, self._cond, self._numbers = state

            def __getstate__(self):
                return self._parties, self._action, self._timeout, self._cond, self._numbers

    if IS_IN_PROCESSES:
        class Queue(queues.JoinableQueue):
            def __init__(self, maxsize=0):
                super().__init__(maxsize, ctx=here)

        class SimpleQueue(queues.SimpleQueue):
            def __init__(self):
                super().__init__(ctx=here)

            def put(self, item, block=True, timeout=None):
                super().put(item)
    else:
        class Queue(InterpretersQueue):
            pass

        class SimpleQueue(InterpretersQueue):
            def __init__(self):
                super().__init__()

    found = {'threading': (Lock, RLock, Semaphore, BoundedSemaphore, Condition, Event, Barrier), 'queue': (Queue, SimpleQueue)}
    for module, classes in found.items():
        for cls in classes:
            # so that a pickle finds it by name
            cls.__module__, cls.__qualname__ = __name__, f'shared_{cls.__name__}'
            globals()[cls.__qualname__] = cls
    return {cls.__name__: cls for classes in found.values() for cls in classes}


_classes = None


def __getattr__(name):
    if name.startswith('shared_'):
        _class(name.removeprefix('shared_'))
        return globals()[name]
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')


def _class(name):
    global _classes
    if _classes is None:
        _classes = _shared_classes()
    return _classes[name]


def choose(names, *replaced):
    """In a module's dict of names: what a script calls by these names gives the shared kind, what the library calls the usual one."""
    for name in replaced:
        names[name] = _chooser(name, names[name])


class _Either(type):
    """The class of a class that stands for two."""

    def __instancecheck__(cls, thing):
        return type.__instancecheck__(cls, thing) or (_classes is not None and type(thing) is _classes.get(cls.__name__))


def _chooser(name, usual):
    def choose_new(cls, *args, **kwargs):
        if cls is not made or is_library(sys._getframe(1)):
            return usual.__new__(cls)
        return _class(name)(*args, **kwargs)

    def choose_function(*args, **kwargs):
        return (usual if is_library(sys._getframe(1)) else _class(name))(*args, **kwargs)

    if isinstance(usual, type) and usual.__new__ is object.__new__:
        made = _Either(name, (usual,), {'__new__': choose_new, '__module__': usual.__module__, '__doc__': usual.__doc__})
    else:
        made = choose_function
        made.__name__ = made.__qualname__ = name
        made.__doc__ = usual.__doc__
    return made


import threading  # last: it imports this module when its own names are there, and whichever is first needs the other's
_OWN = {*threading.Thread(name='any').__dict__, 'run'}   # attributes that every Thread has
