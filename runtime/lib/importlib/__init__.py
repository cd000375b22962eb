"""importlib - the import statement as functions.  The machinery itself is native (interp/vm/import.c).

Next: util.py.
"""
import sys

__all__ = ['__import__', 'import_module', 'invalidate_caches', 'reload']

__import__ = __import__


def invalidate_caches():
    """Forget what the finders know about folders."""
    for finder in getattr(sys, 'meta_path', ()):
        if hasattr(finder, 'invalidate_caches'):
            finder.invalidate_caches()


def _resolve(name, package):
    level = 0
    while name[level:level + 1] == '.':
        level += 1
    bits = package.rsplit('.', level - 1)
    if len(bits) < level:
        raise ImportError('attempted relative import beyond top-level package')
    return f'{bits[0]}.{name[level:]}' if name[level:] else bits[0]


def import_module(name, package=None):
    """Import a module by name; a name that begins with dots is relative to package."""
    if name.startswith('.'):
        if not package:
            raise TypeError("the 'package' argument is required to perform a relative import for {!r}".format(name))
        name = _resolve(name, package)
    if not name:
        raise ValueError('Empty module name')
    __import__(name)
    return sys.modules[name]


def reload(module):
    """Run the code of a module again, in the module's own namespace."""
    try:
        name = module.__spec__.name
    except AttributeError:
        try:
            name = module.__name__
        except AttributeError:
            raise TypeError('reload() argument must be a module')
    if sys.modules.get(name) is not module:
        raise ImportError(f'module {name} not in sys.modules', name=name)
    file = getattr(module, '__file__', None)
    if file is None:
        return module
    import linecache
    linecache.checkcache(file)
    source = ''.join(linecache.updatecache(file))
    exec(compile(source, file, 'exec', dont_inherit=True), module.__dict__)
    return sys.modules[name]
