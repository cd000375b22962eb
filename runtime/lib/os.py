"""os - the operating system: the natives of posix, and what is written on top of them.

Next: posixpath.py (os.path), stat.py, shutil.py, pathlib.py.
"""
import abc
import sys
import stat as st
from _collections_abc import MutableMapping, Mapping, _check_methods
from posix import *
import posix

try:
    from posix import _exit
except ImportError:
    pass

GenericAlias = type(list[int])
name = 'posix'
linesep = '\n'

import posixpath as path
sys.modules['os.path'] = path
from posixpath import curdir, pardir, sep, pathsep, defpath, extsep, altsep, devnull

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2
P_WAIT, P_NOWAIT = 0, 1
P_NOWAITO = P_NOWAIT



def _get_exports_list(module):
    return list(getattr(module, '__all__', None) or [n for n in dir(module) if n[:1] != '_'])


__all__ = ['altsep', 'curdir', 'pardir', 'sep', 'pathsep', 'linesep', 'defpath', 'name', 'path', 'devnull',
           'SEEK_SET', 'SEEK_CUR', 'SEEK_END', 'fsencode', 'fsdecode', 'get_exec_path', 'fdopen', 'extsep']
__all__ += _get_exports_list(posix) + ['_exit']


def _have(*names):
    return {getattr(posix, n) for n in names if hasattr(posix, n)}


supports_dir_fd = _have('access', 'chmod', 'chown', 'stat', 'utime', 'link', 'mkdir', 'open', 'readlink', 'rename',
                        'symlink', 'unlink', 'rmdir')
supports_effective_ids = _have('access')
supports_fd = _have('chdir', 'chmod', 'chown', 'listdir', 'execve', 'stat', 'truncate', 'utime', 'scandir')
supports_follow_symlinks = _have('access', 'chown', 'link', 'stat', 'utime')


# Directories

def makedirs(name, mode=0o777, exist_ok=False):
    """Make a directory and all that it lies in."""
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass  # somebody else was quicker
        if tail == (bytes(curdir, 'ASCII') if isinstance(tail, bytes) else curdir):
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    """Remove an empty directory, and those it lies in as long as they are empty."""
    rmdir(name)
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


def renames(old, new):
    """Rename, making directories for the new name and removing those left empty by the old."""
    head, tail = path.split(new)
    if head and tail and not path.exists(head):
        makedirs(head)
    rename(old, new)
    head, tail = path.split(old)
    if head and tail:
        try:
            removedirs(head)
        except OSError:
            pass


__all__ += ['makedirs', 'removedirs', 'renames']


def walk(top, topdown=True, onerror=None, followlinks=False):
    """(directory, its directories, its files) for a tree; from the top down the lists may be changed on the way."""
    return _walk(fspath(top), topdown, onerror, followlinks)


def _walk(top, topdown, onerror, followlinks):
    dirs, nondirs, walk_dirs = [], [], []
    try:
        entries = scandir(top)
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    with entries:
        while True:
            try:
                entry = next(entries)
            except StopIteration:
                break
            except OSError as error:
                if onerror is not None:
                    onerror(error)
                return
            try:
                is_dir = entry.is_dir()
            except OSError:
                is_dir = False
            (dirs if is_dir else nondirs).append(entry.name)
            if not topdown and is_dir:
                try:
                    is_symlink = not followlinks and entry.is_symlink()
                except OSError:
                    is_symlink = False
                if not is_symlink:
                    walk_dirs.append(entry.path)
    if topdown:
        yield top, dirs, nondirs
        for dirname in dirs:
            new_path = path.join(top, dirname)
            if followlinks or not path.islink(new_path):
                yield from _walk(new_path, topdown, onerror, followlinks)
    else:
        for new_path in walk_dirs:
            yield from _walk(new_path, topdown, onerror, followlinks)
        yield top, dirs, nondirs


__all__.append('walk')


# Programs

def execl(file, *args):
    """execl(file, *args): replace this process by the program file."""
    execv(file, args)


def execle(file, *args):
    """execle(file, *args, env)"""
    execve(file, args[:-1], args[-1])


def execlp(file, *args):
    """execlp(file, *args): as execl, with file looked for along PATH."""
    execvp(file, args)


def execlpe(file, *args):
    """execlpe(file, *args, env)"""
    execvpe(file, args[:-1], args[-1])


def execvp(file, args):
    """execvp(file, args)"""
    _execvpe(file, args)


def execvpe(file, args, env):
    """execvpe(file, args, env)"""
    _execvpe(file, args, env)


def _execvpe(file, args, env=None):
    if env is not None:
        exec_func, argrest = execve, (args, env)
    else:
        exec_func, argrest = execv, (args,)
        env = environ
    if path.dirname(file):
        exec_func(file, *argrest)
        return
    saved_exc = None
    for dir in map(fsencode, get_exec_path(env)):
        try:
            exec_func(path.join(dir, fsencode(file)), *argrest)
        except (FileNotFoundError, NotADirectoryError) as e:
            last_exc = e
        except OSError as e:
            last_exc = e
            if saved_exc is None:
                saved_exc = e
    raise saved_exc if saved_exc is not None else last_exc


def get_exec_path(env=None):
    """The directories of PATH, as a list."""
    if env is None:
        env = environ
    path_list = env.get('PATH')
    if path_list is None:
        path_list = defpath
    return fsdecode(path_list).split(pathsep)


__all__ += ['execl', 'execle', 'execlp', 'execlpe', 'execvp', 'execvpe', 'get_exec_path']


def popen(cmd, mode='r', buffering=-1):
    """A file to read a shell command's output from, or to write its input to."""
    if not isinstance(cmd, str):
        raise TypeError('invalid cmd type (%s, expected string)' % type(cmd))
    if mode not in ('r', 'w'):
        raise ValueError('invalid mode %r' % mode)
    if buffering == 0 or buffering is None:
        raise ValueError('popen() does not support unbuffered streams')
    import subprocess
    if mode == 'r':
        proc = subprocess.Popen(cmd, shell=True, text=True, stdout=subprocess.PIPE, bufsize=buffering)
        return _wrap_close(proc.stdout, proc)
    proc = subprocess.Popen(cmd, shell=True, text=True, stdin=subprocess.PIPE, bufsize=buffering)
    return _wrap_close(proc.stdin, proc)


class _wrap_close:
    """A pipe whose close() waits for the process."""

    def __init__(self, stream, proc):
        self._stream, self._proc = stream, proc

    def close(self):
        self._stream.close()
        returncode = self._proc.wait()
        return returncode << 8 if returncode > 0 else returncode or None

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def __iter__(self):
        return iter(self._stream)


__all__.append('popen')


def fdopen(fd, mode='r', buffering=-1, encoding=None, *args, **kwargs):
    """open() for a file descriptor."""
    if not isinstance(fd, int):
        raise TypeError('invalid fd type (%s, expected integer)' % type(fd))
    import io
    return io.open(fd, mode, buffering, encoding, *args, **kwargs)


# The environment

class _Environ(MutableMapping):
    """os.environ: a change here goes to the process's environment too."""

    def __init__(self, data, encodekey, decodekey, encodevalue, decodevalue):
        self.encodekey, self.decodekey = encodekey, decodekey
        self.encodevalue, self.decodevalue = encodevalue, decodevalue
        self._data = data

    def __getitem__(self, key):
        try:
            value = self._data[self.encodekey(key)]
        except KeyError:
            raise KeyError(key) from None
        return self.decodevalue(value)

    def __setitem__(self, key, value):
        key = self.encodekey(key)
        value = self.encodevalue(value)
        putenv(key, value)
        self._data[key] = value

    def __delitem__(self, key):
        encodedkey = self.encodekey(key)
        unsetenv(encodedkey)
        try:
            del self._data[encodedkey]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        for key in list(self._data):
            yield self.decodekey(key)

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        items = ', '.join(f'{self.decodekey(key)!r}: {self.decodevalue(value)!r}'
                          for key, value in self._data.items())
        return f'environ({{{items}}})'

    def copy(self):
        return dict(self)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        new = dict(self)
        new.update(other)
        return new

    def __ror__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        new = dict(other)
        new.update(self)
        return new


def _encode(value):
    if not isinstance(value, str):
        raise TypeError('str expected, not %s' % type(value).__name__)
    return value.encode(_encoding, 'surrogateescape')


def _decode(value):
    return value.decode(_encoding, 'surrogateescape')


def _check_bytes(value):
    if not isinstance(value, bytes):
        raise TypeError('bytes expected, not %s' % type(value).__name__)
    return value


_encoding = sys.getfilesystemencoding()
environ = _Environ({_encode(k) if isinstance(k, str) else k: _encode(v) if isinstance(v, str) else v
                    for k, v in posix.environ.items()}, _encode, _decode, _encode, _decode)
environb = _Environ(environ._data, _check_bytes, bytes, _check_bytes, bytes)
supports_bytes_environ = True


def getenv(key, default=None):
    """An environment variable, or default."""
    return environ.get(key, default)


def getenvb(key, default=None):
    """An environment variable as bytes, or default."""
    return environb.get(key, default)


__all__ += ['getenv', 'getenvb', 'supports_bytes_environ', 'environb']


# Paths

class PathLike(abc.ABC):
    """Whatever has __fspath__()."""

    @abc.abstractmethod
    def __fspath__(self):
        """The path as str or bytes."""
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            return _check_methods(subclass, '__fspath__')
        return NotImplemented

    __class_getitem__ = classmethod(GenericAlias)


def _fspath(path):
    """The path as str or bytes; TypeError for anything that is none."""
    if isinstance(path, (str, bytes)):
        return path
    path_type = type(path)
    try:
        path_repr = path_type.__fspath__(path)
    except AttributeError:
        if hasattr(path_type, '__fspath__'):
            raise
        raise TypeError('expected str, bytes or os.PathLike object, not ' + path_type.__name__)
    if isinstance(path_repr, (str, bytes)):
        return path_repr
    raise TypeError('expected {}.__fspath__() to return str or bytes, not {}'.format(
        path_type.__name__, type(path_repr).__name__))


if 'fspath' not in globals():
    fspath = _fspath
    fspath.__name__ = 'fspath'


def fsencode(filename):
    """A path as bytes, in the file system's encoding."""
    filename = fspath(filename)
    return filename.encode(_encoding, 'surrogateescape') if isinstance(filename, str) else filename


def fsdecode(filename):
    """A path as str, in the file system's encoding."""
    filename = fspath(filename)
    return filename.decode(_encoding, 'surrogateescape') if isinstance(filename, bytes) else filename


__all__ += ['fspath', 'PathLike']


if 'urandom' not in globals():
    def urandom(n):
        """n random bytes from the system."""
        with open('/dev/urandom', 'rb', buffering=0) as f:
            return f.read(n)
