"""How values go from one interpreter to another: as a pickle, with three additions.

  memoryview   the memory is lent, not copied: both sides see the same bytes
  function     by name where that finds it on the other side; else as its code, defaults and copies of what it closes over
  __main__     what a script defines is found by running its file once more, under the name <fake __main__>: hence `if __name__ == '__main__':`;
               a function that is not found then goes over as its code

Next: _crossing_inside.py (who takes a request apart), interp/vm/lending.c, interp/vm/freeze_module.c (code as bytes).
"""
import sys
import types

import _freeze
import _interpreters
from _io import BytesIO
from _pickle import Pickler, PicklingError, Unpickler
from _thread import _local

MAIN = '<fake __main__>'


class NotShareableError(TypeError):
    """A value cannot be copied to another interpreter."""


NotShareableError.__module__ = 'concurrent.interpreters'


def is_shareable(obj):
    """Does it go over without a pickle of its own? As in CPython: None, bool, int, float, str, bytes, tuples of these, memoryview, queues."""
    if isinstance(obj, tuple):
        return all(map(is_shareable, obj))
    from concurrent.interpreters._queues import Queue
    return obj is None or isinstance(obj, (bool, int, float, str, bytes, memoryview, Queue))


class Code:
    """A code object on its way."""

    def __init__(self, code):
        self.code = code

    def __reduce__(self):
        return _load_code, (_freeze.dump(self.code),)


def _load_code(data):
    return _freeze.load(data)


def flush():
    """Each interpreter has its own sys.stdout, and all of them one descriptor: what is printed shall come out in the order of the calls."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):
            pass


# ---- there ----

class _Pickler(Pickler):
    def reducer_override(self, value):
        kind = type(value)
        if kind is memoryview:
            return _borrow, (_interpreters.lend(value),)
        if kind is _local:  # each thread sees nothing but its own
            return _local, ()
        if kind is types.FunctionType and (value.__module__ in ('__main__', MAIN) or not _has_name(value)):
            has_name = _has_name(value)
            return _function, (has_name, value.__module__, value.__qualname__, _freeze.dump(value.__code__), value.__name__,
                               value.__defaults__, value.__kwdefaults__, _contents(value), None if has_name else _variables(value))
        return NotImplemented


def _has_name(function):
    """Does the other side find it by its name?"""
    found = sys.modules.get(function.__module__)
    for name in function.__qualname__.split('.'):
        found = getattr(found, name, None)
    return found is function


def _contents(function):
    return tuple(cell.cell_contents for cell in function.__closure__ or ())


def _variables(function):
    """Variables of the script, no functions and classes, that a function of it uses: these go along."""
    if function.__module__ not in ('__main__', MAIN):
        return {}
    found = function.__globals__
    return {name: found[name] for name in _global_names(function.__code__)
            if name in found and not isinstance(found[name], (types.FunctionType, types.ModuleType, type))}


def dumps(value):
    stream = BytesIO()
    try:
        _Pickler(stream, 5).dump(value)
    except (PicklingError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise NotShareableError(f'object could not be copied to another interpreter: {error}') from error
    return stream.getvalue()


def main_file():
    """The file of the script, as bytes, for the other side to find what it defines; empty: there is none."""
    main = sys.modules.get(MAIN) or sys.modules['__main__']
    return (getattr(main, '__file__', None) or '').encode('utf-8', 'surrogateescape')


# ---- and back ----

class _Unpickler(Unpickler):
    def __init__(self, stream, path):
        super().__init__(stream)
        self.path = path

    def find_class(self, module, name):
        if module not in ('__main__', MAIN):
            return super().find_class(module, name)
        found = _find_in_main(name, self.path)
        if found is None:
            raise AttributeError(f"module '__main__' has no attribute {name!r}")
        return found


def _find_in_main(name, path):
    for found in _mains(path):
        for part in name.split('.'):
            found = getattr(found, part, None)
        if found is not None:
            return found


def _mains(path):
    """__main__ itself; then what the script defines."""
    yield sys.modules['__main__']
    if MAIN not in sys.modules and path is not None and sys.modules['__main__'].__dict__.get('__file__') != path:
        _run_again(path)
    if MAIN in sys.modules:
        yield sys.modules[MAIN]


def _run_again(path):
    with open(path, 'rb') as file:
        code = compile(file.read(), path, 'exec')
    module = sys.modules[MAIN] = types.ModuleType(MAIN)
    module.__file__ = path
    try:
        exec(code, module.__dict__)
    except BaseException:
        del sys.modules[MAIN]
        raise


def loads(data, path=None):
    return _Unpickler(BytesIO(data), path).load()


def _borrow(number):
    return memoryview(_interpreters.borrow(number))


def _function(has_name, module, qualname, data, name, defaults, kwdefaults, contents, variables):
    found = _find_in_main(qualname, _script()) if has_name else None
    if found is not None:
        return found
    code = _freeze.load(data)
    names = _globals_for(module, code, variables or {})
    function = types.FunctionType(code, names, name, defaults, tuple(map(types.CellType, contents)))
    function.__kwdefaults__, function.__qualname__ = kwdefaults, qualname
    return function


def _script():
    import _crossing_inside
    return _crossing_inside.script


def _globals_for(module, code, variables):
    if module not in ('__main__', MAIN):
        __import__(module)
        return sys.modules[module].__dict__
    wanted = _global_names(code) - variables.keys()
    for main in _mains(_script()):
        if wanted <= main.__dict__.keys():
            break
    else:
        main = sys.modules['__main__']
    for name, value in variables.items():
        main.__dict__.setdefault(name, value)
    return main.__dict__


def _global_names(code):
    """Names that are no built-ins and may be looked up in the module."""
    import builtins
    names = {name for name in code.co_names if not hasattr(builtins, name)}
    attributes = {row[3] for row in __import__('_dis').rows(code) if row[0] in ('LOAD_ATTR', 'LOAD_METHOD', 'STORE_ATTR', 'DELETE_ATTR', 'IMPORT_NAME', 'IMPORT_FROM')}
    names -= attributes
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            names |= _global_names(constant)
    return names
