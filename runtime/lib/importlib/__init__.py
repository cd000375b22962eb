"""importlib - the import statement as functions.  The machinery itself is native (interp/vm/import.c).

Next: machinery.py (specs, loaders), util.py.
"""
import sys

__all__ = ['__import__', 'import_module', 'invalidate_caches', 'reload']

from builtins import __import__


def invalidate_caches():
    """Forget what the finders know about folders."""
    for finder in getattr(sys, 'meta_path', ()):
        getattr(finder, 'invalidate_caches', int)()


def _resolve(name, package):
    """The full name of a module whose name begins with dots: one for the package, one more for each above it."""
    rest = name.lstrip('.')
    up = len(name) - len(rest) - 1
    parts = package.split('.')
    if up >= len(parts):
        raise ImportError('attempted relative import beyond top-level package')
    return '.'.join(parts[:len(parts) - up] + ([rest] if rest else []))


def import_module(name, package=None):
    """Import a module by name; a name that begins with dots is relative to package."""
    if name.startswith('.'):
        if not package:
            raise TypeError(f"the 'package' argument is required to perform a relative import for {name!r}")
        name = _resolve(name, package)
    if name == '':
        raise ValueError('Empty module name')
    __import__(name)
    return sys.modules[name]


def reload(module):
    """Run the code of a module again, in the module's own namespace."""
    name = getattr(getattr(module, '__spec__', None), 'name', None) or getattr(module, '__name__', None)
    if not name:
        raise TypeError('reload() argument must be a module')
    if sys.modules.get(name) is not module:
        raise ImportError(f'module {name} not in sys.modules', name=name)
    loader = getattr(getattr(module, '__spec__', None), 'loader', None)
    path = getattr(module, '__file__', None)
    if loader is not None:
        loader.exec_module(module)
    elif path is not None:
        from linecache import checkcache, updatecache
        checkcache(path)
        code = compile(''.join(updatecache(path)), path, 'exec', dont_inherit=True)
        exec(code, vars(module))
    return sys.modules[name]


def _load(spec):
    """The module that a finder of sys.meta_path describes; the import statement calls this (interp/vm/import.c)."""
    from importlib.util import module_from_spec
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        if spec.loader is not None:
            if hasattr(spec.loader, 'exec_module'):
                spec.loader.exec_module(module)
            else:
                spec.loader.load_module(spec.name)
    except BaseException:
        sys.modules.pop(spec.name, None)
        raise
    return sys.modules[spec.name]
