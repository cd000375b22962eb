"""runpy - run a module or a file as a script would be run, and give the names that it leaves.

Next: importlib/util.py (where a module's code comes from), multiprocessing/spawn.py.  CPython: Lib/runpy.py.
"""
import io
import os
import sys

__all__ = ['run_module', 'run_path']


class _Error(Exception):
    """A module cannot be run; not an error of its own."""


class _Temporary:
    """A module that is in sys.modules for as long as the block runs."""

    def __init__(self, name):
        self.name, self.module = name, type(sys)(name)

    def __enter__(self):
        self.before = sys.modules.get(self.name)
        sys.modules[self.name] = self.module
        return self

    def __exit__(self, *exc):
        if self.before is not None:
            sys.modules[self.name] = self.before
        else:
            del sys.modules[self.name]


class _Argv0:
    """sys.argv[0] is another one for as long as the block runs."""

    def __init__(self, value):
        self.value = value

    def __enter__(self):
        self.before, sys.argv[0] = sys.argv[0], self.value

    def __exit__(self, *exc):
        sys.argv[0] = self.before


def _execute(code, names, init_globals, name, spec=None, package=None, path=None):
    if init_globals is not None:
        names.update(init_globals)
    if spec is not None:
        path, cached, loader, package = spec.origin, spec.cached, spec.loader, spec.parent
    else:
        cached = loader = None
    names.update(__name__=name, __file__=path, __cached__=cached, __doc__=None, __loader__=loader, __package__=package, __spec__=spec)
    exec(code, names)
    return names


def _execute_as_main(code, init_globals, name, spec=None, package=None, path=None):
    """Run it as a module of its own that takes the place of the script; gives a copy of its names, which go with it."""
    with _Temporary(name) as temporary, _Argv0(path if spec is None else spec.origin):
        names = temporary.module.__dict__
        _execute(code, names, init_globals, name, spec, package, path)
        return names.copy()


def _get_module_details(name, error=ImportError):
    """Name, spec and code of what `python -m name` runs: a package's __main__."""
    if name.startswith('.'):
        raise error('Relative module names not supported')
    package = name.rpartition('.')[0]
    if package:
        try:
            __import__(package)
        except ImportError as e:
            # Only the package itself may be missing: what it imports is no business of ours.
            if e.name is None or (e.name != package and not package.startswith(e.name + '.')):
                raise
        existing = sys.modules.get(name)
        if existing is not None and not hasattr(existing, '__path__'):
            from warnings import warn
            warn(f'{name!r} found in sys.modules after import of package {package!r}, but prior to execution of {name!r}; this may result in '
                 'unpredictable behaviour', RuntimeWarning)
    from importlib.util import find_spec
    try:
        spec = find_spec(name)
    except (ImportError, AttributeError, TypeError, ValueError) as e:
        hint = f'.  Try using {name[:-3]!r} instead of {name!r} as the module name.' if name.endswith('.py') else ''
        raise error(f'Error while finding module specification for {name!r} ({type(e).__name__}: {e}){hint}') from e
    if spec is None:
        raise error(f'No module named {name}')
    if spec.submodule_search_locations is not None:
        if name == '__main__' or name.endswith('.__main__'):
            raise error('Cannot use package as __main__ module')
        try:
            return _get_module_details(f'{name}.__main__', error)
        except error as e:
            if name not in sys.modules:
                raise
            raise error(f'{e}; {name!r} is a package and cannot be directly executed')
    if spec.loader is None:
        raise error(f'{name!r} is a namespace package and cannot be executed')
    try:
        code = spec.loader.get_code(name)
    except ImportError as e:
        raise error(format(e)) from e
    if code is None:
        raise error(f'No code object available for {name}')
    return name, spec, code


def run_module(mod_name, init_globals=None, run_name=None, alter_sys=False):
    """Run a module's code, as python -m does, in a new namespace; gives its names."""
    mod_name, spec, code = _get_module_details(mod_name)
    if run_name is None:
        run_name = mod_name
    if alter_sys:
        return _execute_as_main(code, init_globals, run_name, spec)
    return _execute(code, {}, init_globals, run_name, spec)


def _code_of_file(path):
    with io.open_code(os.path.abspath(os.fspath(path))) as f:
        return compile(f.read(), path, 'exec')


def run_path(path_name, init_globals=None, run_name=None):
    """Run a file's code, or the __main__ of a folder, as python PATH does; gives its names."""
    if run_name is None:
        run_name = '<run_path>'
    path = os.fsdecode(path_name)
    if not os.path.isdir(path):
        return _execute_as_main(_code_of_file(path), init_globals, run_name, package=run_name.rpartition('.')[0], path=path)
    # A folder is a place to import __main__ from.
    sys.path.insert(0, path)
    before = sys.modules.pop('__main__', None)
    try:
        try:
            name, spec, code = _get_module_details('__main__')
        except ImportError as e:
            raise e.__class__(f"can't find '__main__' module in {path!r}") if '__main__' in str(e) else e
        finally:
            if before is not None:
                sys.modules['__main__'] = before
        return _execute_as_main(code, init_globals, run_name, spec)
    finally:
        try:
            sys.path.remove(path)
        except ValueError:
            pass
