"""tempfile - files and directories that are gone when done with.

Keeps: a name is random, and the file is made with O_EXCL: one that somebody else has made is never used.
Next: os.py, shutil.py.
"""
import errno as _errno
import io as _io
import os as _os
from _thread import allocate_lock as _allocate_lock
from random import Random as _Random

__all__ = ['NamedTemporaryFile', 'TemporaryFile', 'SpooledTemporaryFile', 'TemporaryDirectory', 'mkstemp', 'mkdtemp',
           'mktemp', 'TMP_MAX', 'gettempprefix', 'tempdir', 'gettempdir', 'gettempprefixb', 'gettempdirb']

TMP_MAX = 10000  # names that are tried
template, tempdir = 'tmp', None
_once_lock = _allocate_lock()  # guards tempdir and _name_sequence while they are found out
_name_sequence = None
_bin_openflags = _text_openflags = _os.O_RDWR | _os.O_CREAT | _os.O_EXCL | getattr(_os, 'O_NOFOLLOW', 0)


# ---- where, and under what name ----

class _RandomNameSequence:
    """Endless names of eight letters; starts anew in a forked process."""

    characters = '_0123456789abcdefghijklmnopqrstuvwxyz'
    _pid = None

    def __iter__(self):
        return self

    def __next__(self):
        return ''.join(self.rng.choices(self.characters, k=8))

    @property
    def rng(self):
        pid = _os.getpid()
        if self._pid != pid:
            self._rng, self._pid = _Random(), pid
        return self._rng


def _get_candidate_names():
    global _name_sequence
    with _once_lock:
        _name_sequence = _name_sequence or _RandomNameSequence()
    return _name_sequence


def _candidate_tempdir_list():
    """The folders to be tried: what the environment says, the usual ones, the current one."""
    said = map(_os.environ.get, ('TMPDIR', 'TEMP', 'TMP'))
    try:
        here = _os.getcwd()
    except OSError:
        here = _os.curdir
    return [*filter(None, said), '/tmp', '/var/tmp', '/usr/tmp', here]


def _get_default_tempdir():
    """The first folder in which a file can be made."""
    folders = _candidate_tempdir_list()
    for folder in folders:
        if folder != _os.curdir:
            folder = _os.path.abspath(folder)
        if _os.path.isdir(folder) and _os.access(folder, _os.W_OK | _os.X_OK):
            return folder
    raise FileNotFoundError(_errno.ENOENT, f'No usable temporary directory found in {folders}')


def _gettempdir():
    global tempdir
    if tempdir is None:
        with _once_lock:
            if tempdir is None:
                tempdir = _get_default_tempdir()
    return tempdir


def gettempdir():
    """The directory for temporary files."""
    return _os.fsdecode(_gettempdir())


def gettempdirb():
    """The same as bytes."""
    return _os.fsencode(_gettempdir())


def gettempprefix():
    """What names begin with if nothing else is said."""
    return template


def gettempprefixb():
    """The same as bytes."""
    return _os.fsencode(template)


def _sanitize_params(prefix, suffix, dir):
    """(prefix, suffix, dir, str or bytes), with the defaults put in."""
    kinds = {isinstance(_os.fspath(part), bytes) for part in (prefix, suffix, dir) if part is not None}
    if len(kinds) > 1:
        raise TypeError("Can't mix bytes and non-bytes in path components.")
    kind = bytes if kinds == {True} or not kinds and isinstance(tempdir, bytes) else str
    as_kind = _os.fsencode if kind is bytes else _os.fsdecode
    return (as_kind(template) if prefix is None else prefix, kind() if suffix is None else suffix,
            as_kind(_gettempdir()) if dir is None else dir, kind)


def _first_new(folder, prefix, suffix, kind, make, what):
    """(what make(path) returns, path) for the first name that is not taken."""
    names = _get_candidate_names()
    for _ in range(TMP_MAX):
        name = next(names)
        path = _os.path.join(folder, prefix + (_os.fsencode(name) if kind is bytes else name) + suffix)
        try:
            return make(path), path
        except FileExistsError:
            continue
    raise FileExistsError(_errno.EEXIST, f'No usable temporary {what} name found')


def _mkstemp_inner(dir, pre, suf, flags, output_type):
    return _first_new(_os.path.abspath(dir), pre, suf, output_type, lambda path: _os.open(path, flags, 0o600), 'file')


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    """(file descriptor, path) of a new file that only its owner may use; the caller removes it."""
    prefix, suffix, folder, kind = _sanitize_params(prefix, suffix, dir)
    return _mkstemp_inner(folder, prefix, suffix, _text_openflags if text else _bin_openflags, kind)


def mkdtemp(suffix=None, prefix=None, dir=None):
    """The path of a new directory that only its owner may use; the caller removes it."""
    prefix, suffix, folder, kind = _sanitize_params(prefix, suffix, dir)
    return _first_new(folder, prefix, suffix, kind, lambda path: _os.mkdir(path, 0o700), 'directory')[1]


def mktemp(suffix='', prefix=template, dir=None):
    """A name that no file has now; unsafe, since another may take it."""
    def check(path):
        if _os.path.lexists(path):
            raise FileExistsError

    return _first_new(gettempdir() if dir is None else dir, prefix, suffix, str, check, 'file')[1]


# ---- files ----

class _TemporaryFileWrapper:
    """A file that is removed when closed, or when nobody refers to it any more."""

    def __init__(self, file, name, delete=True):
        self.file, self.name, self.delete = file, name, delete
        self._is_open = True

    def __getattr__(self, name):
        return getattr(vars(self)['file'], name)

    def close(self):
        """Close and remove the file."""
        if self._is_open:
            self._is_open = False
            try:
                self.file.close()
            finally:
                if self.delete:
                    _os.unlink(self.name)

    __del__ = close

    def __iter__(self):
        yield from self.file  # keeps self, and so the file, while it is gone through

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, *exc_info):
        swallowed = self.file.__exit__(*exc_info)
        self.close()
        return swallowed


def _open_new(mode, buffering, encoding, newline, errors, name_parts, then):
    """Make a file, open it, and return then(path, file); it is removed if that fails."""
    prefix, suffix, folder, kind = _sanitize_params(*name_parts)
    fd, path = _mkstemp_inner(folder, prefix, suffix, _bin_openflags, kind)
    try:
        file = _io.open(fd, mode, buffering=buffering, newline=newline, encoding=encoding, errors=errors)
    except BaseException:
        _os.unlink(path)
        try:
            _os.close(fd)
        except OSError:
            pass  # it was opened, and closed again
        raise
    return then(path, file)


def NamedTemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None,
                       delete=True, *, errors=None):
    """A temporary file with a name, removed when closed unless delete is false."""
    return _open_new(mode, buffering, encoding, newline, errors, (prefix, suffix, dir),
                     lambda path, file: _TemporaryFileWrapper(file, path, delete))


def TemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, *,
                  errors=None):
    """A temporary file without a name."""
    def forget_name(path, file):
        _os.unlink(path)
        return file

    return _open_new(mode, buffering, encoding, newline, errors, (prefix, suffix, dir), forget_name)


class SpooledTemporaryFile(_io.IOBase):
    """A file kept in memory until it grows beyond max_size, or its fileno() is wanted."""

    __class_getitem__ = classmethod(type(list[int]))

    def __init__(self, max_size=0, mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None,
                 dir=None, *, errors=None):
        memory = _io.BytesIO()
        self._file = memory if 'b' in mode else _io.TextIOWrapper(memory, encoding=encoding, errors=errors, newline=newline)
        self._max_size, self._rolled = max_size, False
        self._mode, self._rest = mode, (buffering, encoding, newline, suffix, prefix, dir)
        self._errors = errors

    def rollover(self):
        """Move to a real file."""
        if self._rolled:
            return
        memory, place = self._file, self._file.tell()
        self._file = file = TemporaryFile(self._mode, *self._rest, errors=self._errors)
        if hasattr(file, 'buffer'):
            file.buffer.write(memory.detach().getvalue())
        else:
            file.write(memory.getvalue())
        file.seek(place)
        self._rolled = True

    def _grown(self):
        if not self._rolled and self._max_size and self._file.tell() > self._max_size:
            self.rollover()

    def write(self, s):
        """Write, in memory or to the file."""
        n = self._file.write(s)
        self._grown()
        return n

    def writelines(self, iterable):
        """Write all of them."""
        self._file.writelines(iterable)
        self._grown()

    def truncate(self, size=None):
        """Cut it, or fill it with zeros, to size."""
        if size is None:
            return self._file.truncate()
        if size > self._max_size:
            self.rollover()
        return self._file.truncate(size)

    def fileno(self):
        """The file descriptor of a real file."""
        self.rollover()
        return self._file.fileno()

    name = property(lambda self: getattr(self._file, 'name', None))
    mode = property(lambda self: getattr(self._file, 'mode', self._mode))

    def __iter__(self):
        return iter(self._file)

    def __next__(self):
        return next(self._file)

    def __enter__(self):
        if self._file.closed:
            raise ValueError('Cannot enter context with closed file')
        return self

    def __exit__(self, *exc_info):
        self._file.close()


def _handed_on(name):
    def method(self, *args):
        return getattr(self._file, name)(*args)

    method.__name__, method.__qualname__ = name, f'SpooledTemporaryFile.{name}'
    return method


for _name in ('close', 'flush', 'isatty', 'read', 'read1', 'readinto', 'readinto1', 'readline', 'readlines', 'seek',
              'tell', 'detach', 'readable', 'writable', 'seekable'):
    setattr(SpooledTemporaryFile, _name, _handed_on(_name))
for _name in 'closed', 'encoding', 'errors', 'newlines':
    setattr(SpooledTemporaryFile, _name, property(lambda self, name=_name: getattr(self._file, name)))


# ---- folders ----

class TemporaryDirectory:
    """A directory removed with all it holds, at the end of a with block or when nobody refers to it."""

    __class_getitem__ = classmethod(type(list[int]))

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False):
        import weakref
        self.name, self._ignores_errors = mkdtemp(suffix, prefix, dir), ignore_cleanup_errors
        self._finalizer = weakref.finalize(self, _remove_forgotten, self.name, repr(self), ignore_cleanup_errors)

    def cleanup(self):
        """Remove it."""
        if self._finalizer.detach() or _os.path.exists(self.name):
            _remove_tree(self.name, self._ignores_errors)

    def __enter__(self):
        return self.name

    def __exit__(self, *exc_info):
        self.cleanup()

    def __repr__(self):
        return f'<{type(self).__name__} {self.name!r}>'


def _remove_tree(path, ignores_errors):
    def judge(function, path, exc_info):
        if not (ignores_errors or isinstance(exc_info[1], FileNotFoundError)):
            raise exc_info[1]

    from shutil import rmtree
    rmtree(path, onerror=judge)


def _remove_forgotten(path, shown, ignores_errors):
    _remove_tree(path, ignores_errors)
    import warnings
    warnings.warn(f'Implicitly cleaning up {shown}', ResourceWarning)
