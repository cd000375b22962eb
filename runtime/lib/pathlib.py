"""pathlib - paths as objects.

PurePath knows text only: its root ('', '/' or '//') and the names below it; Path adds what asks the file system.
Keeps: two paths are equal if root and names are; `str` of a path never has '//' or '/.' inside.
PureWindowsPath and WindowsPath are not supported.
Next: posixpath.py, os.py, glob.py.
"""
import fnmatch
import io
import os
import posixpath
import stat as _stat
from _collections_abc import Sequence
from errno import EBADF, ELOOP, ENOENT, ENOTDIR

__all__ = ['PurePath', 'PurePosixPath', 'Path', 'PosixPath']


class _Parents(Sequence):
    """The parents of a path, the nearest first."""

    def __init__(self, path):
        self._path = path

    def __len__(self):
        return len(self._path._names)

    def __getitem__(self, idx):
        n = len(self)
        if isinstance(idx, slice):
            return tuple(self[i] for i in range(n)[idx])
        if not -n <= idx < n:
            raise IndexError(idx)
        path = self._path
        return path._with(path._names[:n - idx % n - 1])

    def __repr__(self):
        return f'<{type(self._path).__name__}.parents>'


def _parse(texts):
    """(root, names) of texts that are to be joined: the last that begins with a slash is the first that counts."""
    root, names = '', []
    for text in texts:
        if text.startswith('/'):
            names = []
            root = '//' if text.startswith('//') and not text.startswith('///') else '/'  # POSIX: two may mean something
        names += [name for name in text.split('/') if name and name != '.']
    return root, names


def _texts(paths):
    """Paths of all kinds as strings."""
    texts = list(map(os.fspath, paths))
    for text in texts:
        if not isinstance(text, str):
            raise TypeError(f'argument should be a str object or an os.PathLike object returning str, not {type(text)!r}')
    return texts


def _cut_suffix(name):
    """(stem, suffix): the suffix begins with the last dot, if that is neither first nor last."""
    dot = name.rfind('.')
    return (name[:dot], name[dot:]) if 0 < dot < len(name) - 1 else (name, '')


def _order(compare):
    def method(self, other):
        return getattr(self._key, compare)(other._key) if isinstance(other, PurePath) else NotImplemented

    method.__name__ = compare
    return method


class PurePath:
    """A path as text: can be joined, split and compared, but asks no file system."""

    __slots__ = '_root', '_names', '_str', '_hash'

    def __new__(cls, *args):
        return (PurePosixPath if cls is PurePath else cls)._make(*_parse(_texts(args)))

    @classmethod
    def _make(cls, root, names):
        self = object.__new__(cls)
        self._root, self._names = root, names
        self._str = self._hash = None
        return self

    def _with(self, names):
        """A path with the same root."""
        return self._make(self._root, names)

    def __reduce__(self):
        return type(self), self.parts

    # as text

    def __str__(self):
        if self._str is None:
            self._str = self._root + '/'.join(self._names) or '.'
        return self._str

    __fspath__ = __str__

    def as_posix(self):
        """The path with forward slashes: what str() gives."""
        return str(self)

    def __bytes__(self):
        return os.fsencode(str(self))

    def __repr__(self):
        return f'{type(self).__name__}({str(self)!r})'

    def as_uri(self):
        """The path as a file: address."""
        if not self._root:
            raise ValueError("relative path can't be expressed as a file URI")
        return 'file://' + ''.join(chr(byte) if byte < 128 and (chr(byte).isalnum() or byte in b'_.-~/') else f'%{byte:02X}'
                                   for byte in bytes(self))

    # parts

    root = anchor = property(lambda self: self._root, doc="'/' for a path from the root.")
    drive = property(lambda self: '', doc='There are no drives here.')
    parts = property(lambda self: tuple(self._key), doc='The root, if there is one, and the names.')
    name = property(lambda self: self._names[-1] if self._names else '', doc='The last name.')
    stem = property(lambda self: _cut_suffix(self.name)[0], doc='The last name without its suffix.')
    suffix = property(lambda self: _cut_suffix(self.name)[1], doc='From the last dot of the last name on.')
    parent = property(lambda self: self._with(self._names[:-1]) if self._names else self, doc='All but the last name.')
    parents = property(_Parents, doc='The parent, its parent, and so on.')

    @property
    def suffixes(self):
        """All that begins with a dot in the last name."""
        name = self.name
        return [] if name.endswith('.') else ['.' + each for each in name.lstrip('.').split('.')[1:]]

    @property
    def _key(self):
        return [self._root, *self._names] if self._root else self._names

    # other paths

    def _named(self, name):
        """The same with another last name."""
        if not self._names:
            raise ValueError(f'{self!r} has an empty name')
        return self._with([*self._names[:-1], name])

    def with_name(self, name):
        """The path with another last name."""
        changed = self._named(name)
        if not name or name == '.' or '/' in name:
            raise ValueError(f'Invalid name {name!r}')
        return changed

    def with_stem(self, stem):
        """The path with another last name, but with its suffix."""
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        """The path with another suffix; '' takes it away."""
        if suffix and not suffix.startswith('.') or suffix == '.' or '/' in suffix:
            raise ValueError(f'Invalid suffix {suffix!r}')
        return self._named(self.stem + suffix)

    def joinpath(self, *args):
        """The path joined with others."""
        root, names = _parse(_texts(args))
        return self._make(root, names) if root else self._with(self._names + names)

    def __truediv__(self, key):
        try:
            return self.joinpath(key)
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return type(self)(key, self)
        except TypeError:
            return NotImplemented

    def _below(self, other):
        """The names of this path below another; None if it is not below it."""
        n = len(other._names)
        return self._names[n:] if self._root == other._root and self._names[:n] == other._names else None

    def relative_to(self, *other):
        """The way from the other path to this one, which must lie below it."""
        if not other:
            raise TypeError('need at least one argument')
        start = self._make(*_parse(_texts(other)))
        names = self._below(start)
        if names is None:
            shown = str(start) if start._key else ''
            raise ValueError(f'{str(self)!r} is not in the subpath of {shown!r} '
                             'OR one path is relative and the other is absolute.')
        return self._make('', names)

    def is_relative_to(self, *other):
        """Does this path lie below the other?"""
        if not other:
            raise TypeError('need at least one argument')
        return self._below(self._make(*_parse(_texts(other)))) is not None

    # questions

    def is_absolute(self):
        """Does it begin at the root?"""
        return self._root != ''

    def is_reserved(self):
        """Is it a name that the system keeps for itself? There are none here."""
        return False

    def match(self, path_pattern):
        """Does this path fit the pattern?  A relative pattern is matched from the right."""
        root, patterns = _parse([path_pattern])
        if not (root or patterns):
            raise ValueError('empty pattern')
        names = self._names if root else self._key
        if (self._root, len(names)) != (root, len(patterns)) if root else len(names) < len(patterns):
            return False
        return all(map(fnmatch.fnmatchcase, names[::-1], patterns[::-1]))

    __eq__, __lt__, __le__, __gt__, __ge__ = map(_order, ('__eq__', '__lt__', '__le__', '__gt__', '__ge__'))

    def __hash__(self):
        if self._hash is None:
            self._hash = hash(self.parts)
        return self._hash


os.PathLike.register(PurePath)


class PurePosixPath(PurePath):
    """What PurePath() makes."""

    __slots__ = ()


# ---- patterns ----

def _pattern_names(pattern):
    root, names = _parse([pattern])
    if root:
        raise NotImplementedError('Non-relative patterns are unsupported')
    if any('**' in name and name != '**' for name in names):
        raise ValueError("Invalid pattern: '**' can only be an entire path component")
    return names


def _select(path, patterns):
    """The paths below `path` that fit the names of a pattern, some maybe more than once."""
    if not patterns:
        yield path
        return
    first, rest = patterns[0], patterns[1:]
    if first == '**':
        seen = set()
        for folder in _folders(path):
            for found in _select(folder, rest):
                if found not in seen:
                    seen.add(found)
                    yield found
    elif '*' in first or '?' in first or '[' in first:
        fits = fnmatch._matcher(first)
        for entry in _entries(path):
            if fits(entry.name) and (not rest or _is_folder(entry, True)):
                yield from _select(path._with([*path._names, entry.name]), rest)
    else:
        child = path._with([*path._names, first])
        if first == '..' or (child.is_dir() if rest else child.exists()):
            yield from _select(child, rest)


def _entries(path):
    try:
        with os.scandir(path) as entries:
            return list(entries)
    except OSError:
        return []


def _is_folder(entry, follow_symlinks):
    try:
        return entry.is_dir(follow_symlinks=follow_symlinks)
    except OSError:
        return False


def _folders(path):
    """The directory and all below it, from the top down."""
    yield path
    for entry in _entries(path):
        if _is_folder(entry, False):
            yield from _folders(path._with([*path._names, entry.name]))


class Path(PurePath):
    """A path that can ask and change the file system."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        return (PosixPath if cls is Path else cls)._make(*_parse(_texts(args)))

    def __enter__(self):
        import warnings
        warnings.warn('pathlib.Path.__enter__() is deprecated and scheduled for removal in Python 3.13; '
                      'Path objects as a context manager is a no-op', DeprecationWarning, stacklevel=2)
        return self

    def __exit__(self, *exc_info):
        pass

    # other paths

    @classmethod
    def cwd(cls):
        """The current directory."""
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        """The user's home directory."""
        return cls('~').expanduser()

    def expanduser(self):
        """The path with a leading ~ or ~user replaced by the home directory."""
        if self._root or not self.parts or not self._names[0].startswith('~'):
            return self
        home = posixpath.expanduser(self._names[0])
        if home.startswith('~'):
            raise RuntimeError('Could not determine home directory.')
        return type(self)(home, *self._names[1:])

    def absolute(self):
        """The path from the root; '..' and symbolic links stay."""
        return self if self._root else type(self)(os.getcwd(), self)

    def resolve(self, strict=False):
        """The path from the root, with symbolic links followed and '..' taken out."""
        try:
            found = type(self)(posixpath.realpath(self, strict=strict))
            if not strict:
                found._is(lambda mode: True, True)
        except OSError as error:
            if error.errno == ELOOP:
                raise RuntimeError(f'Symlink loop from {os.fspath(error.filename)!r}')
            raise
        return found

    def readlink(self):
        """The path that the symbolic link leads to."""
        return type(self)(os.readlink(self))

    # below it

    def iterdir(self):
        """The paths in this directory, in no order."""
        for name in os.listdir(self):
            yield self._with([*self._names, name])

    def glob(self, pattern):
        """The paths below this directory that fit the pattern."""
        if not pattern:
            raise ValueError(f'Unacceptable pattern: {pattern!r}')
        yield from _select(self, _pattern_names(pattern))

    def rglob(self, pattern):
        """glob() with '**/' before the pattern."""
        yield from _select(self, ['**', *_pattern_names(pattern)])

    # what it is

    def stat(self, *, follow_symlinks=True):
        """os.stat() of this path."""
        return os.stat(self, follow_symlinks=follow_symlinks)

    def lstat(self):
        """os.lstat() of this path."""
        return os.lstat(self)

    def _is(self, question, finds_loops=False, *, follow_symlinks=True):
        """The answer to a question about the file's mode; False if there is no file."""
        no_file = (ENOENT, ENOTDIR, EBADF) if finds_loops else (ENOENT, ENOTDIR, EBADF, ELOOP)
        try:
            return question(self.stat(follow_symlinks=follow_symlinks).st_mode)
        except OSError as error:
            if error.errno in no_file or finds_loops and error.errno != ELOOP:
                return False
            raise
        except ValueError:  # a zero byte
            return False

    def exists(self):
        """Is there such a file?"""
        return self._is(lambda mode: True)

    def is_file(self):
        """Is it a regular file, or a link to one?"""
        return self._is(_stat.S_ISREG)

    def is_dir(self):
        """Is it a directory, or a link to one?"""
        return self._is(_stat.S_ISDIR)

    def is_symlink(self):
        """Is it a symbolic link?"""
        return self._is(_stat.S_ISLNK, follow_symlinks=False)

    def is_mount(self):
        """Does another file system begin here?"""
        return posixpath.ismount(self)

    def is_fifo(self):
        """Is it a named pipe?"""
        return self._is(_stat.S_ISFIFO)

    def is_socket(self):
        """Is it a socket?"""
        return self._is(_stat.S_ISSOCK)

    def is_block_device(self):
        """Is it a device of blocks?"""
        return self._is(_stat.S_ISBLK)

    def is_char_device(self):
        """Is it a device of characters?"""
        return self._is(_stat.S_ISCHR)

    def samefile(self, other_path):
        """Do both lead to the same file?"""
        return posixpath.samestat(self.stat(), os.stat(other_path))

    def owner(self):
        """The name of its owner."""
        from pwd import getpwuid
        return getpwuid(self.stat().st_uid)[0]

    def group(self):
        """The name of its group."""
        from grp import getgrgid
        return getgrgid(self.stat().st_gid)[0]

    # what it holds

    def open(self, mode='r', buffering=-1, encoding=None, errors=None, newline=None):
        """Open the file."""
        return io.open(self, mode, buffering, encoding, errors, newline)

    def read_bytes(self):
        """The whole file as bytes."""
        with self.open('rb') as file:
            return file.read()

    def read_text(self, encoding=None, errors=None):
        """The whole file as text."""
        with self.open('r', -1, encoding, errors) as file:
            return file.read()

    def write_bytes(self, data):
        """Write bytes to the file, which is made anew."""
        data = memoryview(data)  # TypeError before the file is emptied
        with self.open('wb') as file:
            return file.write(data)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        """Write text to the file, which is made anew."""
        if not isinstance(data, str):
            raise TypeError(f'data must be str, not {type(data).__name__}')
        with self.open('w', -1, encoding, errors, newline) as file:
            return file.write(data)

    # changes

    def touch(self, mode=0o666, exist_ok=True):
        """Make the file, or set its times to now."""
        if exist_ok:
            try:
                return os.utime(self)
            except OSError:
                pass  # it is not there
        os.close(os.open(self, os.O_WRONLY | os.O_CREAT | (0 if exist_ok else os.O_EXCL), mode))

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        """Make the directory; with parents, all that it lies in too."""
        try:
            os.mkdir(self, mode)
        except FileNotFoundError:
            above = self.parent
            if not parents or above == self:
                raise
            above.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, exist_ok=exist_ok)
        except OSError:
            if not (exist_ok and self.is_dir()):
                raise

    def chmod(self, mode, *, follow_symlinks=True):
        """Change the permissions."""
        os.chmod(self, mode, **({} if follow_symlinks else {'follow_symlinks': False}))

    def lchmod(self, mode):
        """chmod() of the symbolic link itself."""
        self.chmod(mode, follow_symlinks=False)

    def rename(self, target):
        """Rename; returns the new path."""
        os.rename(self, target)
        return type(self)(target)

    def replace(self, target):
        """Rename, replacing target if it exists; returns the new path."""
        os.replace(self, target)
        return type(self)(target)

    def symlink_to(self, target, target_is_directory=False):
        """Make this path a symbolic link to target."""
        os.symlink(target, self)

    def hardlink_to(self, target):
        """Make this path a hard link to target."""
        os.link(target, self)

    def unlink(self, missing_ok=False):
        """Remove the file."""
        try:
            os.unlink(self)
        except FileNotFoundError:
            if missing_ok:
                return
            raise

    def rmdir(self):
        """Remove the directory, which must be empty."""
        os.rmdir(self)


class PosixPath(Path, PurePosixPath):
    """What Path() makes."""

    __slots__ = ()
