"""importlib.machinery - where modules come from: their specs, and loaders of source files.

The finders of the import statement are native (interp/vm/import.c): a module it finds has no loader object.  The
classes here serve programs that load a file as a module themselves, or put finders of their own on sys.meta_path.
Next: util.py.
"""
import sys

__all__ = ['BuiltinImporter', 'ModuleSpec', 'PathFinder', 'SourceFileLoader', 'all_suffixes']

SOURCE_SUFFIXES = ['.py']
BYTECODE_SUFFIXES = ['.pyc']
EXTENSION_SUFFIXES = []  # gilly loads no C extensions


def all_suffixes():
    """The endings of files that can be modules."""
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES + EXTENSION_SUFFIXES


class ModuleSpec:
    """What is known of a module before it is loaded."""

    def __init__(self, name, loader, *, origin=None, loader_state=None, is_package=None):
        self.name = name
        self.loader = loader
        self.origin = origin
        self.loader_state = loader_state
        self.submodule_search_locations = [] if is_package else None
        self.cached = None
        self._set_fileattr = False
        self._initializing = False

    @property
    def parent(self):
        """The package that the module lies in; a package is its own."""
        return self.name.rpartition('.')[0] if self.submodule_search_locations is None else self.name

    @property
    def has_location(self):
        """Is origin a place that the module can be read from?"""
        return self._set_fileattr

    @has_location.setter
    def has_location(self, value):
        self._set_fileattr = bool(value)

    def __repr__(self):
        said = [f'name={self.name!r}', f'loader={self.loader!r}']
        for name in ('origin', 'submodule_search_locations'):
            if getattr(self, name) is not None:
                said.append(f'{name}={getattr(self, name)!r}')
        return f"{type(self).__name__}({', '.join(said)})"

    def __eq__(self, other):
        try:
            return all(getattr(self, name) == getattr(other, name) for name in
                       ('name', 'loader', 'origin', 'submodule_search_locations', 'cached', 'has_location'))
        except AttributeError:
            return NotImplemented

    __hash__ = None


class _Loader:
    """What all loaders of source text share; a subclass has get_data() and get_filename()."""

    def create_module(self, spec):
        """None: an ordinary module object will do."""

    def get_source(self, fullname):
        """The text of a module, in the encoding that it names."""
        from importlib.util import decode_source
        try:
            return decode_source(self.get_data(self.get_filename(fullname)))
        except OSError as e:
            raise ImportError('source not available through get_data()', name=fullname) from e

    def source_to_code(self, data, path='<string>'):
        """A code object from bytes or text."""
        return compile(data, path, 'exec', dont_inherit=True)

    def get_code(self, fullname):
        """The code object of a module."""
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)

    def is_package(self, fullname):
        """A package is a file called __init__."""
        stem = self.get_filename(fullname).rpartition('/')[2].rpartition('.')[0]
        return stem == '__init__' and fullname.rpartition('.')[2] != '__init__'

    def exec_module(self, module):
        """Run the module's code in its namespace."""
        exec(self.get_code(module.__name__), vars(module))

    def load_module(self, fullname=None):
        """Load in one step, as before there were specs."""
        from importlib import _load
        from importlib.util import spec_from_loader
        return _load(spec_from_loader(fullname or self.name, self))


class SourceFileLoader(_Loader):
    """Loads one module from one file of source."""

    def __init__(self, fullname, path):
        self.name, self.path = fullname, path

    def __eq__(self, other):
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self):
        return hash(self.name) ^ hash(self.path)

    def get_filename(self, name=None):
        """The file; only for the module that the loader is for."""
        if name is not None and name != self.name:
            raise ImportError(f'loader for {self.name} cannot handle {name}', name=name)
        return self.path

    def get_data(self, path):
        """The bytes of any file."""
        with open(path, 'rb') as file:
            return file.read()

    def path_stats(self, path):
        """Time of the last change and size."""
        import os
        found = os.stat(path)
        return {'mtime': found.st_mtime, 'size': found.st_size}


class BuiltinImporter:
    """Finds the modules that are part of the program."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        """A spec, or None when there is no such module."""
        if path is None and fullname in sys.builtin_module_names:
            return ModuleSpec(fullname, cls, origin='built-in')

    @staticmethod
    def create_module(spec):
        """Native modules make themselves."""
        from importlib import import_module
        return import_module(spec.name)

    @staticmethod
    def exec_module(module):
        """Nothing is left to do."""

    @classmethod
    def is_package(cls, fullname):
        """None of them is one."""
        return False


class FileFinder:
    """Finds modules in one folder."""

    def __init__(self, path, *loader_details):
        self.path = path or '.'
        self._loaders = [(suffix, loader) for loader, suffixes in loader_details for suffix in suffixes]

    @classmethod
    def path_hook(cls, *loader_details):
        """A function for sys.path_hooks."""
        def hook(path):
            import os
            if not os.path.isdir(path or '.'):
                raise ImportError('only directories are supported', path=path)
            return cls(path, *loader_details)
        return hook

    def find_spec(self, fullname, target=None):
        """A package, else a file, else a folder without __init__ (its spec has no loader)."""
        import os
        from importlib.util import spec_from_file_location
        base = os.path.join(self.path, fullname.rpartition('.')[2])
        for suffix, loader in self._loaders:
            for file, inside in ((os.path.join(base, '__init__' + suffix), [base]), (base + suffix, None)):
                if os.path.isfile(file):
                    return spec_from_file_location(fullname, file, loader=loader(fullname, file),
                                                   submodule_search_locations=inside)
        if os.path.isdir(base):
            spec = ModuleSpec(fullname, None, is_package=True)
            spec.submodule_search_locations = [base]
            return spec

    def invalidate_caches(self):
        """There are none."""


class PathFinder:
    """Finds modules in the folders of sys.path, or of a package's __path__."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        """A spec, or None when there is no such module."""
        from importlib.util import library_spec
        parts = None
        for folder in sys.path if path is None else path:
            finder = FileFinder(folder, (SourceFileLoader, SOURCE_SUFFIXES))
            spec = library_spec(folder, fullname) or finder.find_spec(fullname)
            if spec is not None and spec.loader is not None:
                return spec
            if spec is not None:
                parts = (parts or []) + spec.submodule_search_locations
        if parts is not None:
            spec = ModuleSpec(fullname, None, is_package=True)
            spec.submodule_search_locations = parts
            return spec

    @staticmethod
    def invalidate_caches():
        """There are none."""
