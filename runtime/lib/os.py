"""os - the operating system: the natives of posix, and what is written on top of them.

Next: posixpath.py (os.path), stat.py, shutil.py, pathlib.py.
"""
import abc
import stat as st
import sys
from _collections_abc import Mapping, MutableMapping, _check_methods

import posix
from posix import *

try:
    from posix import _exit
except ImportError:
    pass

import posixpath as path
from posixpath import altsep, curdir, defpath, devnull, extsep, pardir, pathsep, sep

sys.modules['os.path'] = path

name, linesep = 'posix', '\n'
SEEK_SET, SEEK_CUR, SEEK_END = range(3)
P_WAIT, P_NOWAIT = range(2)
P_NOWAITO = P_NOWAIT
supports_bytes_environ = True

_natives = [each for each in dir(posix) if not each.startswith('_')]
__all__ = ['SEEK_CUR', 'SEEK_END', 'SEEK_SET', 'PathLike', '_exit', 'altsep', 'curdir', 'defpath', 'devnull', 'environb',
           'execl', 'execle', 'execlp', 'execlpe', 'execvp', 'execvpe', 'device_encoding', 'extsep', 'fdopen', 'fsdecode', 'fsencode', 'fspath', 'fwalk',
           'get_exec_path', 'getenv', 'getenvb', 'linesep', 'makedirs', 'name', 'pardir', 'path', 'pathsep', 'popen',
           'removedirs', 'renames', 'sep', 'spawnl', 'spawnle', 'spawnlp', 'spawnlpe', 'spawnv', 'spawnve', 'spawnvp', 'spawnvpe',
           'supports_bytes_environ', 'walk', *_natives]


def _functions(names):
    """Those of these native functions that there are."""
    return {vars(posix)[each] for each in names.split() if each in _natives}


supports_dir_fd = _functions('access chmod chown link mkdir mkfifo mknod open readlink rename rmdir stat symlink unlink utime')
supports_effective_ids = _functions('access')
supports_fd = _functions('chdir chmod chown listdir scandir stat statvfs truncate utime')
supports_follow_symlinks = _functions('access chown link stat utime')


# ---- directories ----

def _split(name):
    """path.split(), not minding a slash at the end."""
    head, tail = path.split(name)
    return (head, tail) if tail else path.split(head)


def makedirs(name, mode=0o777, exist_ok=False):
    """Make a directory and all that it lies in."""
    head, tail = _split(name)
    if head and tail:
        try:
            path.exists(head) or makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass  # somebody else was quicker
        if fsdecode(tail) == curdir:
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not (exist_ok and path.isdir(name)):
            raise


def removedirs(name):
    """Remove an empty directory, and those it lies in as long as they are empty."""
    rmdir(name)
    head, tail = _split(name)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            return  # it is not empty
        head, tail = path.split(head)


def renames(old, new):
    """Rename, making directories for the new name and removing those left empty by the old."""
    above = path.dirname(new)
    if above and path.basename(new) and not path.exists(above):
        makedirs(above)
    rename(old, new)
    above = path.dirname(old)
    if above and path.basename(old):
        try:
            removedirs(above)
        except OSError:
            pass  # it is not empty


def walk(top, topdown=True, onerror=None, followlinks=False):
    """(directory, its directories, its files) for a tree; from the top down the lists may be changed on the way."""
    return _walk(fspath(top), topdown, onerror or (lambda error: None), followlinks)


def _walk(top, topdown, onerror, followlinks):
    folders, files, below = [], [], []  # below: the paths of folders to be gone through
    try:
        with scandir(top) as entries:
            for entry in entries:
                is_folder = _asked(entry.is_dir)
                (folders if is_folder else files).append(entry.name)
                if is_folder and not topdown and (followlinks or not _asked(entry.is_symlink)):
                    below.append(entry.path)
    except OSError as error:
        onerror(error)
        return
    if not topdown:
        for each in below:
            yield from _walk(each, topdown, onerror, followlinks)
    yield top, folders, files
    if topdown:
        for each in folders:
            each = path.join(top, each)
            if followlinks or not path.islink(each):
                yield from _walk(each, topdown, onerror, followlinks)


def fwalk(top='.', topdown=True, onerror=None, *, follow_symlinks=False, dir_fd=None):
    """walk() whose items also have an open descriptor of the directory, until the next item."""
    top = fspath(top)
    return _fwalk(top, top, topdown, _raised, onerror or (lambda error: None), follow_symlinks, dir_fd)


def _raised(error):
    raise error


def _fwalk(top, inside, topdown, missing, onerror, follow_symlinks, dir_fd):
    """top is shown; inside is its name from dir_fd; missing is told when it cannot be opened."""
    try:
        seen = None if follow_symlinks else stat(inside, follow_symlinks=False, dir_fd=dir_fd)
        here = open(inside, O_RDONLY, dir_fd=dir_fd)
    except OSError as error:
        missing(error)
        return
    try:
        # what was a directory may be a link by now
        if follow_symlinks or st.S_ISDIR(seen.st_mode) and path.samestat(seen, stat(here)):
            with scandir(here) as entries:
                found = [(entry.name, _asked(entry.is_dir)) for entry in entries]
            folders, files = [name for name, is_folder in found if is_folder], [name for name, is_folder in found if not is_folder]
            if isinstance(top, bytes):
                folders, files = [fsencode(name) for name in folders], [fsencode(name) for name in files]
            if topdown:
                yield top, folders, files, here
            for name in folders:
                yield from _fwalk(path.join(top, name), name, topdown, onerror, onerror, follow_symlinks, here)
            if not topdown:
                yield top, folders, files, here
    finally:
        close(here)


def device_encoding(fd):
    """The encoding of a terminal; None of all else."""
    return 'UTF-8' if isatty(fd) else None


def _asked(question):
    try:
        return question()
    except OSError:
        return False


# ---- programs ----

def execl(file, *args):
    """execl(file, *args): replace this process by the program file."""
    execv(file, args)


def execle(file, *args):
    """execle(file, *args, env): the same with another environment."""
    *args, env = args
    execve(file, args, env)


def execlp(file, *args):
    """execlp(file, *args): as execl, with file looked for along PATH."""
    execvp(file, args)


def execlpe(file, *args):
    """execlpe(file, *args, env): as execle, with file looked for along PATH."""
    *args, env = args
    execvpe(file, args, env)


def execvp(file, args):
    """execvp(file, args): as execv, with file looked for along PATH."""
    _exec_along_path(file, environ, execv, args)


def execvpe(file, args, env):
    """execvpe(file, args, env): as execve, with file looked for along PATH."""
    _exec_along_path(file, env, execve, args, env)


def _exec_along_path(file, env, execute, *rest):
    if path.dirname(file):
        return execute(file, *rest)
    problem = None  # rather one of a program that was found
    for folder in get_exec_path(env):
        try:
            execute(path.join(fsencode(folder), fsencode(file)), *rest)
        except (FileNotFoundError, NotADirectoryError) as error:
            problem = problem or error
        except OSError as error:
            if problem is None or isinstance(problem, (FileNotFoundError, NotADirectoryError)):
                problem = error
    raise problem


def _spawn(execute, mode, *how):
    """Run a program in a process of its own: its number, or with P_WAIT how it ended."""
    if mode not in (P_WAIT, P_NOWAIT):
        raise ValueError(f'mode must be P_WAIT or P_NOWAIT, not {mode!r}')
    pid = posix.fork()
    if not pid:
        try:
            execute(*how)
        finally:
            posix._exit(127)  # no such program: what a shell says
    if mode == P_NOWAIT:
        return pid
    return posix.waitstatus_to_exitcode(posix.waitpid(pid, 0)[1])


def spawnv(mode, file, args):
    """Run file with the arguments args."""
    return _spawn(posix.execv, mode, file, args)


def spawnve(mode, file, args, env):
    """The same in the environment env."""
    return _spawn(posix.execve, mode, file, args, env)


def spawnvp(mode, file, args):
    """Run the program called file, found along PATH."""
    return _spawn(execvp, mode, file, args)


def spawnvpe(mode, file, args, env):
    """The same in the environment env."""
    return _spawn(execvpe, mode, file, args, env)


def spawnl(mode, file, *args):
    """spawnv() with the arguments one by one."""
    return spawnv(mode, file, args)


def spawnle(mode, file, *args):
    """spawnve() with the arguments one by one, the environment last."""
    return spawnve(mode, file, args[:-1], args[-1])


def spawnlp(mode, file, *args):
    """spawnvp() with the arguments one by one."""
    return spawnvp(mode, file, args)


def spawnlpe(mode, file, *args):
    """spawnvpe() with the arguments one by one, the environment last."""
    return spawnvpe(mode, file, args[:-1], args[-1])


def get_exec_path(env=None):
    """The directories of PATH, as a list."""
    value = (environ if env is None else env).get('PATH')
    return fsdecode(defpath if value is None else value).split(pathsep)


def popen(cmd, mode='r', buffering=-1):
    """A file to read a shell command's output from, or to write its input to."""
    if not isinstance(cmd, str):
        raise TypeError(f'invalid cmd type ({type(cmd)}, expected string)')
    if mode not in ('r', 'w'):
        raise ValueError(f'invalid mode {mode!r}')
    if not buffering:
        raise ValueError('popen() does not support unbuffered streams')
    import subprocess
    end = 'stdout' if mode == 'r' else 'stdin'
    process = subprocess.Popen(cmd, shell=True, text=True, bufsize=buffering, **{end: subprocess.PIPE})
    return _Pipe(getattr(process, end), process)


class _Pipe:
    """A stream whose close() waits for the process: None if it ended well, else its status as wait() gives it."""

    def __init__(self, stream, process):
        self._stream, self._process = stream, process

    def close(self):
        self._stream.close()
        code = self._process.wait()
        if code == 0:
            return None
        return code << 8 if code > 0 else code

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def __iter__(self):
        return iter(self._stream)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def fdopen(fd, mode='r', buffering=-1, encoding=None, *args, **kwargs):
    """open() for a file descriptor."""
    if isinstance(fd, int):
        import io
        return io.open(fd, mode, buffering, encoding, *args, **kwargs)
    raise TypeError(f'invalid fd type ({type(fd)}, expected integer)')


# ---- the environment ----

class _Environ(MutableMapping):
    """os.environ and os.environb, which share _data, a dict of bytes: a change goes to the process's environment too."""

    def __init__(self, data, encode, decode):
        self._data, self._encode, self._decode = data, encode, decode

    def __getitem__(self, key):
        value = self._data.get(self._encode(key))
        if value is None:
            raise KeyError(key)
        return self._decode(value)

    def __setitem__(self, key, value):
        key, value = self._encode(key), self._encode(value)
        putenv(key, value)
        self._data[key] = value

    def __delitem__(self, key):
        raw = self._encode(key)
        unsetenv(raw)
        if self._data.pop(raw, None) is None:
            raise KeyError(key)

    def __iter__(self):
        return map(self._decode, list(self._data))  # a copy: another thread may change it meanwhile

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        return f'environ({self.copy()!r})'

    def copy(self):
        """The variables as a dict."""
        return dict(self)

    def __or__(self, other):
        return {**self, **other} if isinstance(other, Mapping) else NotImplemented

    def __ror__(self, other):
        return {**other, **self} if isinstance(other, Mapping) else NotImplemented

    def __ior__(self, other):
        self.update(other)
        return self


def _encode(value):
    if not isinstance(value, str):
        raise TypeError(f'str expected, not {type(value).__name__}')
    return value.encode(_encoding, 'surrogateescape')


def _decode(value):
    return value.decode(_encoding, 'surrogateescape')


def _only_bytes(value):
    if not isinstance(value, bytes):
        raise TypeError(f'bytes expected, not {type(value).__name__}')
    return value


_encoding = sys.getfilesystemencoding()
environ = _Environ({_encode(each) if isinstance(each, str) else each: _encode(value) if isinstance(value, str) else value
                    for each, value in posix.environ.items()}, _encode, _decode)
environb = _Environ(environ._data, _only_bytes, bytes)


def getenv(key, default=None):
    """An environment variable, or default."""
    return environ.get(key, default)


def getenvb(key, default=None):
    """An environment variable as bytes, or default."""
    return environb.get(key, default)


# ---- paths ----

class PathLike(abc.ABC):
    """Whatever has __fspath__()."""

    __class_getitem__ = classmethod(type(list[int]))

    @abc.abstractmethod
    def __fspath__(self):
        """The path as str or bytes."""
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        return _check_methods(subclass, '__fspath__') if cls is PathLike else NotImplemented


def _fspath(path):
    """The path as str or bytes; TypeError for anything that is none."""
    if isinstance(path, (str, bytes)):
        return path
    kind = type(path)
    if not hasattr(kind, '__fspath__'):
        raise TypeError(f'expected str, bytes or os.PathLike object, not {kind.__name__}')
    text = kind.__fspath__(path)
    if not isinstance(text, (str, bytes)):
        raise TypeError(f'expected {kind.__name__}.__fspath__() to return str or bytes, not {type(text).__name__}')
    return text


if not hasattr(posix, 'fspath'):
    fspath = _fspath
    fspath.__name__ = 'fspath'


def fsencode(filename):
    """A path as bytes, in the file system's encoding."""
    text = fspath(filename)
    return _encode(text) if isinstance(text, str) else text


def fsdecode(filename):
    """A path as str, in the file system's encoding."""
    text = fspath(filename)
    return text if isinstance(text, str) else _decode(text)


if not hasattr(posix, 'urandom'):
    def urandom(n):
        """n random bytes from the system."""
        with open('/dev/urandom', 'rb', buffering=0) as source:
            return source.read(n)
