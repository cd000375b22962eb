"""genericpath - path functions that are the same on all systems.  Next: posixpath.py."""
import os
import stat

__all__ = ['commonprefix', 'exists', 'getatime', 'getctime', 'getmtime', 'getsize', 'isdir', 'isfile', 'samefile',
           'sameopenfile', 'samestat']


def _mode(path):
    """What kind of file a path leads to; 0, which is no kind, if to none."""
    try:
        return os.stat(path).st_mode
    except (OSError, ValueError):
        return 0


def exists(path):
    """True if the path leads to something; False for a broken symbolic link."""
    try:
        os.stat(path)
        return True
    except (OSError, ValueError):
        return False


def isfile(path):
    """True for a regular file."""
    return stat.S_ISREG(_mode(path))


def isdir(s):
    """True for a directory."""
    return stat.S_ISDIR(_mode(s))


def getsize(filename):
    """The size in bytes."""
    return os.stat(filename).st_size


def getmtime(filename):
    """The time of the last modification."""
    return os.stat(filename).st_mtime


def getatime(filename):
    """The time of the last access."""
    return os.stat(filename).st_atime


def getctime(filename):
    """The time of the last change of its metadata."""
    return os.stat(filename).st_ctime


def samestat(s1, s2):
    """Do two results of os.stat() belong to the same file?"""
    return (s1.st_dev, s1.st_ino) == (s2.st_dev, s2.st_ino)


def samefile(f1, f2):
    """Do two paths lead to the same file?"""
    return samestat(*map(os.stat, (f1, f2)))


def sameopenfile(fp1, fp2):
    """Do two file descriptors belong to the same file?"""
    return samestat(*map(os.fstat, (fp1, fp2)))


def commonprefix(m):
    """The longest start that all paths (or lists) have in common, item by item."""
    if not m:
        return ''
    if not isinstance(m[0], (list, tuple)):
        m = [os.fspath(path) for path in m]
    least, most = min(m), max(m)  # all others lie between
    n = 0
    while n < len(least) and least[n] == most[n]:
        n += 1
    return least[:n]


def _splitext(p, sep, altsep, extsep):
    """(root, extension); dots that the last component begins with do not count."""
    start = max(p.rfind(sep), p.rfind(altsep) if altsep else -1) + 1
    dot = p.rfind(extsep)
    if dot < start or not p[start:dot].strip(extsep):
        return p, p[:0]
    return p[:dot], p[dot:]


def _check_arg_types(funcname, *args):
    """Called after an error: say what is wrong with the types of paths, if it is that."""
    for path in args:
        if not isinstance(path, (str, bytes)):
            raise TypeError(f'{funcname}() argument must be str, bytes, or os.PathLike object, '
                            f'not {path.__class__.__name__!r}') from None
    if len({isinstance(path, str) for path in args}) > 1:
        raise TypeError("Can't mix strings and bytes in path components") from None
