"""importlib.util - find_spec(), names of modules.  Next: importlib/__init__.py."""
import sys

from . import _resolve

__all__ = ['find_spec', 'resolve_name']


class _Spec:
    """Where a module would come from."""

    def __init__(self, name, origin, is_package):
        self.name, self.origin = name, origin
        self.loader = None
        self.has_location = origin is not None
        self.submodule_search_locations = [origin.rpartition('/')[0]] if is_package else None
        self.parent = name if is_package else name.rpartition('.')[0]
        self.cached = None

    def __repr__(self):
        return f'ModuleSpec(name={self.name!r}, loader=None, origin={self.origin!r})'


def resolve_name(name, package):
    """A relative module name made absolute."""
    if not name.startswith('.'):
        return name
    if not package:
        raise ImportError(f'no package specified for {repr(name)} (required for relative module names)')
    return _resolve(name, package)


def find_spec(name, package=None):
    """The spec of a module, or None if there is no such module; parents are imported on the way."""
    import os
    fullname = resolve_name(name, package) if name.startswith('.') else name
    if fullname in sys.modules:
        module = sys.modules[fullname]
        if module is None:
            return None
        spec = getattr(module, '__spec__', None)
        if spec is None:
            file = getattr(module, '__file__', None)
            spec = _Spec(fullname, file, hasattr(module, '__path__'))
        return spec
    parent, _, tail = fullname.rpartition('.')
    if parent:
        try:
            path = __import__(parent, fromlist=['__path__']).__path__
        except AttributeError as e:
            raise ModuleNotFoundError(f'__path__ attribute not found on {parent!r} while trying to find '
                                      f'{fullname!r}', name=fullname) from e
    else:
        path = sys.path
        if fullname in sys.builtin_module_names:
            return _Spec(fullname, 'built-in', False)
    for folder in path:
        base = os.path.join(folder or '.', tail)
        if os.path.isfile(os.path.join(base, '__init__.py')):
            return _Spec(fullname, os.path.join(base, '__init__.py'), True)
        if os.path.isfile(base + '.py'):
            return _Spec(fullname, base + '.py', False)
    return None
