"""importlib.util - specs of modules, and modules from specs.  Next: machinery.py."""
import sys

from . import _resolve
from .machinery import BuiltinImporter, ModuleSpec, PathFinder, SourceFileLoader

__all__ = ['find_spec', 'module_from_spec', 'resolve_name', 'spec_from_file_location',
           'spec_from_loader']

MAGIC_NUMBER = b'gly\n'  # gilly writes no compiled files; the number is nobody else's


def resolve_name(name, package):
    """A relative module name made absolute."""
    if not name.startswith('.'):
        return name
    if not package:
        raise ImportError(f'no package specified for {repr(name)} (required for relative module names)')
    return _resolve(name, package)


class _LibraryLoader(SourceFileLoader):
    """Loads a file that is embedded in the program."""

    def get_data(self, path):
        source = sys._library_source(path.removeprefix('<lib>/'))
        if source is None:
            raise OSError(f'no such file in the library: {path}')
        return source.encode()


def library_spec(folder, fullname):
    """The spec of a module of the embedded library when folder lies in it."""
    if not isinstance(folder, str) or not folder.startswith('<lib>'):
        return None
    base = f"{folder}/{fullname.rpartition('.')[2]}"
    for path, inside in ((base + '/__init__.py', [base]), (base + '.py', None)):
        if sys._library_source(path.removeprefix('<lib>/')) is not None:
            return spec_from_file_location(fullname, path, loader=_LibraryLoader(fullname, path),
                                           submodule_search_locations=inside)


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    """A spec for a module that a loader will load."""
    if origin is None:
        origin = getattr(loader, '_ORIGIN', None)
    if origin is None and hasattr(loader, 'get_filename'):
        inside = {} if is_package is None else {'submodule_search_locations': [] if is_package else None}
        return spec_from_file_location(name, loader=loader, **inside)
    if is_package is None and hasattr(loader, 'is_package'):
        try:
            is_package = loader.is_package(name)
        except ImportError:
            is_package = None
    return ModuleSpec(name, loader, origin=origin, is_package=bool(is_package))


_GUESS = object()


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=_GUESS):
    """A spec for a module that lies in a file; None when no loader is known for the file's kind."""
    import os
    if location is None:
        location = '<unknown>'
        if hasattr(loader, 'get_filename'):
            try:
                location = loader.get_filename(name)
            except ImportError:
                pass
    else:
        location = os.fspath(location)
        if not location.startswith('<lib>'):
            location = os.path.abspath(location)
    if loader is None:
        if not location.endswith('.py'):
            return None
        loader = SourceFileLoader(name, location)
    spec = ModuleSpec(name, loader, origin=location)
    spec.has_location = True
    if submodule_search_locations is _GUESS:
        if hasattr(loader, 'is_package'):
            try:
                if loader.is_package(name):
                    spec.submodule_search_locations = []
            except ImportError:
                pass
    else:
        spec.submodule_search_locations = submodule_search_locations
    if spec.submodule_search_locations == [] and location:
        spec.submodule_search_locations.append(location.rpartition('/')[0])
    return spec


def module_from_spec(spec):
    """A module that is ready for its loader's exec_module()."""
    import types
    module = None
    if hasattr(spec.loader, 'create_module'):
        module = spec.loader.create_module(spec)
    elif hasattr(spec.loader, 'exec_module'):
        raise ImportError('loaders that define exec_module() must also define create_module()')
    if module is None:
        module = types.ModuleType(spec.name)
    module.__spec__ = spec
    module.__loader__ = spec.loader
    module.__package__ = spec.parent
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
    if spec.has_location:
        module.__file__ = spec.origin
        if spec.cached is not None:
            module.__cached__ = spec.cached
    return module


def find_spec(name, package=None):
    """The spec of a module, or None if there is no such module; parents are imported on the way."""
    fullname = resolve_name(name, package) if name.startswith('.') else name
    if fullname in sys.modules:
        module = sys.modules[fullname]
        if module is None:
            return None
        try:
            spec = module.__spec__
        except AttributeError:
            raise ValueError(f'{name}.__spec__ is not set') from None
        if spec is None:
            raise ValueError(f'{name}.__spec__ is None')
        return spec
    parent = fullname.rpartition('.')[0]
    path = None
    if parent:
        try:
            path = __import__(parent, fromlist=['__path__']).__path__
        except AttributeError as e:
            raise ModuleNotFoundError(f'__path__ attribute not found on {parent!r} while trying to find '
                                      f'{fullname!r}', name=fullname) from e
    for finder in [*sys.meta_path, BuiltinImporter, PathFinder]:
        spec = finder.find_spec(fullname, path, None)
        if spec is not None:
            return spec


def decode_source(source_bytes):
    """Text from the bytes of a source file: its mark or its coding comment decides; line ends become newlines."""
    import re
    encoding = 'utf-8'
    if source_bytes.startswith(b'\xef\xbb\xbf'):
        encoding = 'utf-8-sig'
    else:
        for line in source_bytes.split(b'\n', 2)[:2]:
            said = re.match(rb'[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)', line)
            if said:
                encoding = said[1].decode('ascii')
            if said or line.strip() and not line.lstrip().startswith(b'#'):
                break
    return source_bytes.decode(encoding).replace('\r\n', '\n').replace('\r', '\n')


def cache_from_source(path, debug_override=None, *, optimization=None):
    """Where CPython would keep the compiled file; gilly writes none."""
    import os
    head, tail = os.path.split(os.fspath(path))
    stem, dot, rest = tail.rpartition('.')
    return os.path.join(head, '__pycache__', f'{stem or rest}.{sys.implementation.cache_tag}.pyc')


def source_from_cache(path):
    """The source file that belongs to a compiled file's place."""
    import os
    head, tail = os.path.split(os.fspath(path))
    folder, last = os.path.split(head)
    if last != '__pycache__' or tail.count('.') not in (2, 3):
        raise ValueError(f'expected only 2 or 3 dots in {tail!r}' if last == '__pycache__'
                         else f'{last!r} not bottom-level directory in {path!r}')
    return os.path.join(folder, tail.partition('.')[0] + '.py')
