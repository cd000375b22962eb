"""pathlib - paths as objects.

PurePath knows text only: _drv, _root and _parts are its parse; Path adds what asks the file system.
Keeps: two paths are equal if their parts are; `str` of a path never has '//' or '/.' inside.
PureWindowsPath and WindowsPath are not supported.
Next: posixpath.py, os.py, glob.py.
"""
import fnmatch
import io
import os
import posixpath
import re
from _collections_abc import Sequence
from errno import ENOENT, ENOTDIR, EBADF, ELOOP
from stat import S_ISDIR, S_ISLNK, S_ISREG, S_ISSOCK, S_ISBLK, S_ISCHR, S_ISFIFO

__all__ = ['PurePath', 'PurePosixPath', 'Path', 'PosixPath']

_IGNORED_ERRNOS = (ENOENT, ENOTDIR, EBADF, ELOOP)


def _ignore_error(exception):
    return getattr(exception, 'errno', None) in _IGNORED_ERRNOS


class _PathParents(Sequence):
    """The parents of a path, the nearest first."""

    def __init__(self, path):
        self._pathcls = type(path)
        self._drv, self._root, self._parts = path._drv, path._root, path._parts

    def __len__(self):
        return len(self._parts) - 1 if self._drv or self._root else len(self._parts)

    def __getitem__(self, idx):
        if isinstance(idx, slice):
            return tuple(self[i] for i in range(*idx.indices(len(self))))
        if idx >= len(self) or idx < -len(self):
            raise IndexError(idx)
        if idx < 0:
            idx += len(self)
        return self._pathcls._from_parsed(self._drv, self._root, self._parts[:-idx - 1])

    def __repr__(self):
        return '<{}.parents>'.format(self._pathcls.__name__)


def _parse(args):
    """(root, parts) of the components, the last absolute one first."""
    root = ''
    names = []
    for arg in reversed(args):
        if not arg:
            continue
        names[:0] = [x for x in arg.split('/') if x and x != '.']
        if arg.startswith('/'):
            # POSIX: exactly two slashes may mean something of their own.
            root = '//' if arg.startswith('//') and not arg.startswith('///') else '/'
            break
    return root, ([root] if root else []) + names


class PurePath:
    """A path as text: can be joined, split and compared, but asks no file system."""

    __slots__ = ('_drv', '_root', '_parts', '_str', '_hash')

    def __new__(cls, *args):
        if cls is PurePath:
            cls = PurePosixPath
        return cls._from_parts(args)

    def __reduce__(self):
        return self.__class__, tuple(self._parts)

    @classmethod
    def _text(cls, args):
        texts = []
        for a in args:
            if isinstance(a, PurePath):
                texts.append(str(a))
                continue
            a = os.fspath(a)
            if not isinstance(a, str):
                raise TypeError('argument should be a str object or an os.PathLike object returning str, not %r'
                                % type(a))
            texts.append(str(a))
        return texts

    @classmethod
    def _from_parts(cls, args):
        return cls._from_parsed('', *_parse(cls._text(args)))

    @classmethod
    def _from_parsed(cls, drv, root, parts):
        self = object.__new__(cls)
        self._drv, self._root, self._parts = drv, root, parts
        return self

    def _make_child(self, args):
        root, parts = _parse(self._text(args))
        if root:
            return self._from_parsed('', root, parts)
        return self._from_parsed(self._drv, self._root, self._parts + parts)

    def __str__(self):
        try:
            return self._str
        except AttributeError:
            if self._root:
                self._str = self._root + '/'.join(self._parts[1:])
            else:
                self._str = '/'.join(self._parts) or '.'
            return self._str

    def __fspath__(self):
        return str(self)

    def as_posix(self):
        """Return the string representation of the path with forward (/) slashes."""
        return str(self)

    def __bytes__(self):
        return os.fsencode(self)

    def __repr__(self):
        return '{}({!r})'.format(self.__class__.__name__, self.as_posix())

    def as_uri(self):
        """Return the path as a 'file' URI."""
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        safe = b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~/'
        return 'file://' + ''.join(chr(c) if c in safe else '%%%02X' % c for c in bytes(self))

    def __eq__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return self._parts == other._parts

    def __hash__(self):
        try:
            return self._hash
        except AttributeError:
            self._hash = hash(tuple(self._parts))
            return self._hash

    def __lt__(self, other):
        return self._parts < other._parts if isinstance(other, PurePath) else NotImplemented

    def __le__(self, other):
        return self._parts <= other._parts if isinstance(other, PurePath) else NotImplemented

    def __gt__(self, other):
        return self._parts > other._parts if isinstance(other, PurePath) else NotImplemented

    def __ge__(self, other):
        return self._parts >= other._parts if isinstance(other, PurePath) else NotImplemented

    drive = property(lambda self: self._drv, doc='The drive prefix (letter or UNC path), if any.')
    root = property(lambda self: self._root, doc='The root of the path, if any.')
    anchor = property(lambda self: self._drv + self._root,
                      doc="The concatenation of the drive and root, or ''.")
    parts = property(lambda self: tuple(self._parts), doc='The components of the path, as a tuple.')

    @property
    def name(self):
        """The final path component, if any."""
        parts = self._parts
        return '' if len(parts) == (1 if self._root else 0) else parts[-1]

    @property
    def suffix(self):
        """The final component's last suffix, with its dot, if any."""
        name = self.name
        i = name.rfind('.')
        return name[i:] if 0 < i < len(name) - 1 else ''

    @property
    def suffixes(self):
        """A list of the final component's suffixes, if any."""
        name = self.name
        if name.endswith('.'):
            return []
        return ['.' + suffix for suffix in name.lstrip('.').split('.')[1:]]

    @property
    def stem(self):
        """The final path component, minus its last suffix."""
        name = self.name
        i = name.rfind('.')
        return name[:i] if 0 < i < len(name) - 1 else name

    def with_name(self, name):
        """Return a new path with the file name changed."""
        if not self.name:
            raise ValueError('%r has an empty name' % (self,))
        if not name or '/' in name or name == '.':
            raise ValueError('Invalid name %r' % name)
        return self._from_parsed(self._drv, self._root, self._parts[:-1] + [name])

    def with_stem(self, stem):
        """Return a new path with the stem changed."""
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        """Return a new path with the suffix changed, added or, for '', taken away."""
        if '/' in suffix or suffix and not suffix.startswith('.') or suffix == '.':
            raise ValueError('Invalid suffix %r' % suffix)
        name = self.name
        if not name:
            raise ValueError('%r has an empty name' % (self,))
        old_suffix = self.suffix
        name = name[:-len(old_suffix)] + suffix if old_suffix else name + suffix
        return self._from_parsed(self._drv, self._root, self._parts[:-1] + [name])

    def relative_to(self, *other):
        """The way from the other path to this one, which must lie below it."""
        if not other:
            raise TypeError('need at least one argument')
        to_root, to_parts = _parse(self._text(other))
        n = len(to_parts)
        if self._root and n == 0 or self._parts[:n] != to_parts:
            formatted = str(self._from_parsed('', to_root, to_parts)) if to_parts else ''
            raise ValueError('{!r} is not in the subpath of {!r} OR one path is relative and the other is absolute.'
                             .format(str(self), formatted))
        return self._from_parsed('', '', self._parts[n:])

    def is_relative_to(self, *other):
        """Does this path lie below the other?"""
        try:
            self.relative_to(*other)
            return True
        except ValueError:
            return False

    def joinpath(self, *args):
        """This path joined with more components."""
        return self._make_child(args)

    def __truediv__(self, key):
        try:
            return self._make_child((key,))
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self._from_parts([key] + self._parts)
        except TypeError:
            return NotImplemented

    @property
    def parent(self):
        """The logical parent of the path."""
        if len(self._parts) == (1 if self._root else 0):
            return self
        return self._from_parsed(self._drv, self._root, self._parts[:-1])

    @property
    def parents(self):
        """A sequence of this path's logical parents."""
        return _PathParents(self)

    def is_absolute(self):
        """True if the path is absolute (has both a root and, if applicable, a drive)."""
        return bool(self._root)

    def is_reserved(self):
        """Return True if the path contains one of the special names reserved by the system, if any."""
        return False

    def match(self, path_pattern):
        """Does this path fit the pattern?  A relative pattern is matched from the right."""
        root, pat_parts = _parse([path_pattern])
        if not pat_parts:
            raise ValueError('empty pattern')
        if root and root != self._root:
            return False
        parts = self._parts
        if root:
            if len(pat_parts) != len(parts):
                return False
            pat_parts = pat_parts[1:]
        elif len(pat_parts) > len(parts):
            return False
        return all(fnmatch.fnmatchcase(part, pat) for part, pat in zip(reversed(parts), reversed(pat_parts)))


os.PathLike.register(PurePath)


class PurePosixPath(PurePath):
    """PurePath subclass for non-Windows systems."""
    __slots__ = ()


# Globbing: a pattern is a chain of selectors, one a component

def _select(path, parts, include_parent=False):
    """The paths below `path` that fit the components of a pattern, some maybe more than once."""
    if not parts:
        yield path
        return
    part, rest = parts[0], parts[1:]
    if part == '**':
        seen = set()
        for folder in _folders(path):
            for found in _select(folder, rest) if rest else [folder]:
                if found not in seen:
                    seen.add(found)
                    yield found
    elif part == '..':
        yield from _select(path._make_child((part,)) if rest else path / '..', rest)
    elif any(c in part for c in '*?['):
        match = re.compile(fnmatch.translate(part)).fullmatch
        try:
            with os.scandir(path) as it:
                entries = list(it)
        except PermissionError:
            return
        except OSError:
            return
        for entry in entries:
            if rest and not _entry_is_dir(entry, True):
                continue
            if match(entry.name):
                yield from _select(path._from_parsed(path._drv, path._root, path._parts + [entry.name]), rest)
    else:
        child = path._from_parsed(path._drv, path._root, path._parts + [part])
        if child.is_dir() if rest else child.exists():
            yield from _select(child, rest)


def _entry_is_dir(entry, follow_symlinks):
    try:
        return entry.is_dir(follow_symlinks=follow_symlinks)
    except OSError:
        return False


def _folders(path):
    """The directory and all below it, from the top down."""
    yield path
    try:
        with os.scandir(path) as it:
            entries = list(it)
    except OSError:
        return
    for entry in entries:
        if _entry_is_dir(entry, False):
            yield from _folders(path._from_parsed(path._drv, path._root, path._parts + [entry.name]))


class Path(PurePath):
    """A path that can ask and change the file system."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        if cls is Path:
            cls = PosixPath
        return cls._from_parts(args)

    def __enter__(self):
        import warnings
        warnings.warn('pathlib.Path.__enter__() is deprecated and scheduled for removal in Python 3.13; '
                      'Path objects as a context manager is a no-op', DeprecationWarning, stacklevel=2)
        return self

    def __exit__(self, t, v, tb):
        pass

    @classmethod
    def cwd(cls):
        """The current directory."""
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        """The user's home directory."""
        return cls('~').expanduser()

    def samefile(self, other_path):
        """Do both lead to the same file?"""
        st = self.stat()
        try:
            other_st = other_path.stat()
        except AttributeError:
            other_st = self.__class__(other_path).stat()
        return posixpath.samestat(st, other_st)

    def iterdir(self):
        """The paths in this directory, in no order."""
        for name in os.listdir(self):
            yield self._from_parsed(self._drv, self._root, self._parts + [name])

    def glob(self, pattern):
        """The paths below this directory that fit the pattern."""
        yield from _select(self, self._pattern(pattern))

    def rglob(self, pattern):
        """glob() with '**/' before the pattern."""
        yield from _select(self, ['**'] + self._pattern(pattern, True))

    def _pattern(self, pattern, may_be_empty=False):
        if not pattern and not may_be_empty:
            raise ValueError('Unacceptable pattern: {!r}'.format(pattern))
        root, parts = _parse([pattern])
        if root:
            raise NotImplementedError('Non-relative patterns are unsupported')
        for part in parts:
            if '**' in part and part != '**':
                raise ValueError("Invalid pattern: '**' can only be an entire path component")
        return parts

    def absolute(self):
        """The path from the root; '..' and symbolic links stay."""
        if self.is_absolute():
            return self
        return self._from_parts([os.getcwd()] + self._parts)

    def resolve(self, strict=False):
        """The path from the root, with symbolic links followed and '..' taken out."""
        try:
            s = posixpath.realpath(self, strict=strict)
        except OSError as e:
            if e.errno == ELOOP:
                raise RuntimeError('Symlink loop from %r' % e.filename)
            raise
        p = self._from_parts((s,))
        if not strict:
            try:
                p.stat()
            except OSError as e:
                if e.errno == ELOOP:
                    raise RuntimeError('Symlink loop from %r' % e.filename)
        return p

    def stat(self, *, follow_symlinks=True):
        """os.stat() of this path."""
        return os.stat(self, follow_symlinks=follow_symlinks)

    def lstat(self):
        """os.lstat() of this path."""
        return self.stat(follow_symlinks=False)

    def owner(self):
        """The login name of the file owner."""
        import pwd
        return pwd.getpwuid(self.stat().st_uid).pw_name

    def group(self):
        """The group name of the file gid."""
        import grp
        return grp.getgrgid(self.stat().st_gid).gr_name

    def open(self, mode='r', buffering=-1, encoding=None, errors=None, newline=None):
        """Open the file."""
        return io.open(self, mode, buffering, encoding, errors, newline)

    def read_bytes(self):
        """The whole file as bytes."""
        with self.open(mode='rb') as f:
            return f.read()

    def read_text(self, encoding=None, errors=None):
        """The whole file as text."""
        with self.open(mode='r', encoding=encoding, errors=errors) as f:
            return f.read()

    def write_bytes(self, data):
        """Write bytes to the file, which is made anew."""
        view = memoryview(data)
        with self.open(mode='wb') as f:
            return f.write(view)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        """Write text to the file, which is made anew."""
        if not isinstance(data, str):
            raise TypeError('data must be str, not %s' % data.__class__.__name__)
        with self.open(mode='w', encoding=encoding, errors=errors, newline=newline) as f:
            return f.write(data)

    def readlink(self):
        """The path that the symbolic link leads to."""
        return self._from_parts((os.readlink(self),))

    def touch(self, mode=0o666, exist_ok=True):
        """Make the file, or set its times to now."""
        if exist_ok:
            try:
                os.utime(self, None)
            except OSError:
                pass
            else:
                return
        flags = os.O_CREAT | os.O_WRONLY
        if not exist_ok:
            flags |= os.O_EXCL
        os.close(os.open(self, flags, mode))

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        """Make the directory."""
        try:
            os.mkdir(self, mode)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, parents=False, exist_ok=exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def chmod(self, mode, *, follow_symlinks=True):
        """Change the permissions."""
        if follow_symlinks:
            os.chmod(self, mode)
        else:
            os.chmod(self, mode, follow_symlinks=False)

    def lchmod(self, mode):
        """chmod() of the symbolic link itself."""
        self.chmod(mode, follow_symlinks=False)

    def unlink(self, missing_ok=False):
        """Remove the file."""
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rmdir(self):
        """Remove the directory, which must be empty."""
        os.rmdir(self)

    def rename(self, target):
        """Rename; returns the new path."""
        os.rename(self, target)
        return self.__class__(target)

    def replace(self, target):
        """Rename, replacing target if it exists; returns the new path."""
        os.replace(self, target)
        return self.__class__(target)

    def symlink_to(self, target, target_is_directory=False):
        """Make this path a symbolic link to target."""
        os.symlink(target, self)

    def hardlink_to(self, target):
        """Make this path a hard link to target."""
        os.link(target, self)

    def _test(self, test, follow_symlinks=True):
        try:
            return test(self.stat(follow_symlinks=follow_symlinks).st_mode)
        except OSError as e:
            if not _ignore_error(e):
                raise
            return False
        except ValueError:
            return False

    def exists(self):
        """Whether this path exists."""
        return self._test(lambda mode: True)

    def is_dir(self):
        """Whether this path is a directory."""
        return self._test(S_ISDIR)

    def is_file(self):
        """Whether this path is a regular file (also True for symlinks pointing to regular files)."""
        return self._test(S_ISREG)

    def is_symlink(self):
        """Whether this path is a symbolic link."""
        return self._test(S_ISLNK, False)

    def is_block_device(self):
        """Whether this path is a block device."""
        return self._test(S_ISBLK)

    def is_char_device(self):
        """Whether this path is a character device."""
        return self._test(S_ISCHR)

    def is_fifo(self):
        """Whether this path is a FIFO."""
        return self._test(S_ISFIFO)

    def is_socket(self):
        """Whether this path is a socket."""
        return self._test(S_ISSOCK)

    def is_mount(self):
        """Check if this path is a POSIX mount point"""
        return posixpath.ismount(self)

    def expanduser(self):
        """The path with a leading ~ or ~user replaced by the home directory."""
        if not self._root and self._parts and self._parts[0][:1] == '~':
            homedir = posixpath.expanduser(self._parts[0])
            if homedir[:1] == '~':
                raise RuntimeError('Could not determine home directory.')
            root, parts = _parse((homedir,))
            return self._from_parsed('', root, parts + self._parts[1:])
        return self


class PosixPath(Path, PurePosixPath):
    """Path subclass for non-Windows systems."""
    __slots__ = ()
