"""posixpath - os.path on POSIX: paths taken apart and put together.

Works on str and bytes alike: _signs() gives '/', '.' and '..' in the type of the path.
Next: genericpath.py, os.py, pathlib.py.
"""
import genericpath
import os
import stat
import sys
from genericpath import *

__all__ = ['normcase', 'isabs', 'join', 'splitdrive', 'split', 'splitext', 'basename', 'dirname', 'commonprefix',
           'getsize', 'getmtime', 'getatime', 'getctime', 'islink', 'exists', 'lexists', 'isdir', 'isfile', 'ismount',
           'expanduser', 'expandvars', 'normpath', 'abspath', 'samefile', 'sameopenfile', 'samestat', 'curdir',
           'pardir', 'sep', 'pathsep', 'defpath', 'altsep', 'extsep', 'devnull', 'realpath',
           'supports_unicode_filenames', 'relpath', 'commonpath']

curdir, pardir, sep, extsep, altsep = '.', '..', '/', '.', None
pathsep, defpath, devnull = ':', '/bin:/usr/bin', '/dev/null'
supports_unicode_filenames = sys.platform == 'darwin'


def _signs(path):
    return (b'/', b'.', b'..') if isinstance(path, bytes) else ('/', '.', '..')


def _slash(path):
    return b'/' if isinstance(path, bytes) else '/'


# ---- taking apart, putting together ----

def normcase(s):
    """The path with its case made uniform: nothing to do on POSIX."""
    return os.fspath(s)


def isabs(s):
    """True for a path from the root."""
    path = os.fspath(s)
    return path.startswith(_slash(path))


def join(a, *p):
    """The components joined by '/'; an absolute one throws away what stood before it."""
    path = os.fspath(a)
    slash = _slash(path)
    try:
        if not p:
            return path + slash[:0]  # TypeError for what is no path
        for part in p:
            part = os.fspath(part)
            if part.startswith(slash):
                path = part
            elif path and not path.endswith(slash):
                path += slash + part
            else:
                path += part
        return path
    except (TypeError, AttributeError, BytesWarning):
        genericpath._check_arg_types('join', path, *map(os.fspath, p))
        raise


def split(p):
    """(head, tail): tail is everything after the last slash."""
    path = os.fspath(p)
    slash = _slash(path)
    start = path.rfind(slash) + 1
    head = path[:start]
    return head.rstrip(slash) or head, path[start:]


def dirname(p):
    """All but the final component."""
    return split(p)[0]


def basename(p):
    """The final component."""
    path = os.fspath(p)
    return path[path.rfind(_slash(path)) + 1:]


def splitext(p):
    """(root, extension): the extension begins with the last dot, or is empty."""
    path = os.fspath(p)
    slash, dot, _ = _signs(path)
    return genericpath._splitext(path, slash, None, dot)


def splitdrive(p):
    """(drive, path): the drive is always empty on POSIX."""
    path = os.fspath(p)
    return path[:0], path


def normpath(path):
    """The path without '.', '..' and double slashes, as far as that is a matter of text."""
    path = os.fspath(path)
    slash, dot, dots = _signs(path)
    if not path:
        return dot
    slashes = len(path) - len(path.lstrip(slash))
    if slashes > 2:  # POSIX: two slashes, and only two, may mean something
        slashes = 1
    parts = []
    for part in path.split(slash):
        if not part or part == dot:
            continue
        if part != dots or (parts[-1] == dots if parts else not slashes):
            parts.append(part)
        elif parts:
            parts.pop()
    return slash * slashes + slash.join(parts) or dot


def abspath(path):
    """The path from the root."""
    path = os.fspath(path)
    if not path.startswith(_slash(path)):
        here = os.getcwdb() if isinstance(path, bytes) else os.getcwd()
        path = join(here, path)
    return normpath(path)


def relpath(path, start=None):
    """The way from start, or the current directory, to path."""
    if not path:
        raise ValueError('no path specified')
    path = os.fspath(path)
    slash, dot, dots = _signs(path)
    start = dot if start is None else os.fspath(start)
    try:
        here, there = ([part for part in abspath(each).split(slash) if part] for each in (start, path))
        shared = len(commonprefix([here, there]))
        way = [dots] * (len(here) - shared) + there[shared:]
        return slash.join(way) or dot
    except (TypeError, AttributeError, BytesWarning, DeprecationWarning):
        genericpath._check_arg_types('relpath', path, start)
        raise


def commonpath(paths):
    """The longest path that all of them lie in."""
    if not paths:
        raise ValueError('commonpath() arg is an empty sequence')
    paths = list(map(os.fspath, paths))
    slash, dot, _ = _signs(paths[0])
    try:
        if len({path.startswith(slash) for path in paths}) > 1:
            raise ValueError("Can't mix absolute and relative paths")
        root = slash if paths[0].startswith(slash) else slash[:0]
        return root + slash.join(commonprefix([[part for part in path.split(slash) if part and part != dot]
                                               for path in paths]))
    except (TypeError, AttributeError):
        genericpath._check_arg_types('commonpath', *paths)
        raise


# ---- names that stand for others ----

def expanduser(path):
    """The path with ~ or ~user replaced by the home directory, if it can be found."""
    path = os.fspath(path)
    slash = _slash(path)
    name, _, _ = path.partition(slash)
    if not name.startswith(b'~' if isinstance(path, bytes) else '~'):
        return path
    home = _home(os.fsdecode(name[1:]))
    if home is None:
        return path
    if isinstance(path, bytes):
        home = os.fsencode(home)
    return home.rstrip(slash) + path[len(name):] or slash


def _home(user):
    """The home directory of a user, of oneself for ''."""
    if not user and 'HOME' in os.environ:
        return os.environ['HOME']
    try:
        import pwd
        return (pwd.getpwnam(user) if user else pwd.getpwuid(os.getuid())).pw_dir
    except (ImportError, KeyError):
        return None


def expandvars(path):
    """The path with $NAME and ${NAME} replaced by the environment's values; unknown names stay."""
    path = os.fspath(path)
    if (b'$' if isinstance(path, bytes) else '$') not in path:
        return path
    import re

    def value(found):
        text = os.environ.get(os.fsdecode(found[1] or found[2] or b''))
        return found[0] if text is None else os.fsencode(text) if isinstance(path, bytes) else text

    pattern = r'\$(?:(\w+)|\{([^}]*)\})'
    return re.sub(pattern.encode() if isinstance(path, bytes) else pattern, value, path, flags=re.ASCII)


# ---- files ----

def _lstat(path):
    """os.lstat(), None for what is not there."""
    try:
        return os.lstat(path)
    except (OSError, ValueError, AttributeError):
        return None


def islink(path):
    """True for a symbolic link."""
    found = _lstat(path)
    return found is not None and stat.S_ISLNK(found.st_mode)


def lexists(path):
    """True if there is something at the path, even a broken symbolic link."""
    return _lstat(path) is not None


def ismount(path):
    """True if another file system begins here."""
    here = _lstat(path)
    if here is None or stat.S_ISLNK(here.st_mode):
        return False
    path = os.fspath(path)
    above = _lstat(realpath(join(path, _signs(path)[2])))
    return above is not None and (here.st_dev != above.st_dev or here.st_ino == above.st_ino)


def realpath(filename, *, strict=False):
    """The path from the root with all symbolic links followed. strict: OSError for what is not there."""
    filename = os.fspath(filename)
    path, _ = _follow(filename[:0], filename, strict, {})
    return abspath(path)


def _follow(path, rest, strict, known):
    """(real path of path/rest, whether no loop was met); known: link -> its real path, None while it is followed."""
    slash, dot, dots = _signs(path)
    if rest.startswith(slash):
        path, rest = slash, rest[1:]
    while rest:
        name, _, rest = rest.partition(slash)
        if name == dots:
            path = _above(path, dots)
        elif name and name != dot:
            step = join(path, name)
            if not _is_link(step, strict):
                path = step
                continue
            if step not in known:
                known[step] = None
                path, is_whole = _follow(path, os.readlink(step), strict, known)
                if not is_whole:
                    return join(path, rest), False
                known[step] = path
            elif known[step] is not None:
                path = known[step]
            else:
                if strict:
                    os.stat(step)  # raises OSError for the loop
                return join(step, rest), False
    return path, True


def _above(path, dots):
    if not path:
        return dots
    head, tail = split(path)
    return join(head, dots, dots) if tail == dots else head


def _is_link(path, strict):
    try:
        return stat.S_ISLNK(os.lstat(path).st_mode)
    except OSError:
        if strict:
            raise
        return False
