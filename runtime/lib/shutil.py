"""shutil - whole files and trees copied, moved and removed.  Archives are not supported.  Next: os.py, tempfile.py."""
import os
import stat
import sys
from collections import namedtuple
from os.path import abspath, basename, islink, join

__all__ = ['copyfileobj', 'copyfile', 'copymode', 'copystat', 'copy', 'copy2', 'copytree', 'move', 'rmtree', 'Error',
           'SpecialFileError', 'chown', 'which', 'get_terminal_size', 'SameFileError', 'disk_usage',
           'ignore_patterns']

COPY_BUFSIZE = 1 << 16


class Error(OSError):
    """What went wrong with a tree: args[0] is a list of (source, destination, text)."""


class SameFileError(Error):
    """Source and destination are the same file."""


class SpecialFileError(OSError):
    """This cannot be done with a special file, such as a named pipe."""


# ---- a file ----

def copyfileobj(fsrc, fdst, length=0):
    """Copy from one open file to another, length bytes or characters at a time."""
    while piece := fsrc.read(length or COPY_BUFSIZE):
        fdst.write(piece)


def _is_same(src, dst):
    try:
        return os.path.samefile(src, dst)
    except OSError:
        return False


def _check_no_pipe(file):
    try:
        is_pipe = stat.S_ISFIFO(os.stat(file).st_mode)
    except OSError:
        return  # it is not there
    if is_pipe:
        raise SpecialFileError(f'`{os.fspath(file)}` is a named pipe')


def copyfile(src, dst, *, follow_symlinks=True):
    """Copy the data of a file; no metadata."""
    if _is_same(src, dst):
        raise SameFileError(f'{src!r} and {dst!r} are the same file')
    _check_no_pipe(src)
    _check_no_pipe(dst)
    if islink(src) and not follow_symlinks:
        os.symlink(os.readlink(src), dst)
        return dst
    with open(src, 'rb') as source:
        try:
            with open(dst, 'wb') as target:
                copyfileobj(source, target)
        except IsADirectoryError as error:
            if os.path.exists(dst):
                raise
            raise FileNotFoundError(f'Directory does not exist: {dst}') from error
    return dst


def _are_links(src, dst, follow_symlinks):
    """Whether the links themselves are meant, not what they lead to."""
    return not follow_symlinks and islink(src) and islink(dst)


def copymode(src, dst, *, follow_symlinks=True):
    """Copy the permission bits."""
    if not _are_links(src, dst, follow_symlinks):  # links have none of their own
        os.chmod(dst, stat.S_IMODE(os.stat(src).st_mode))


def copystat(src, dst, *, follow_symlinks=True):
    """Copy permission bits and times."""
    follow = not _are_links(src, dst, follow_symlinks)
    found = (os.stat if follow else os.lstat)(src)
    os.utime(dst, ns=(found.st_atime_ns, found.st_mtime_ns), follow_symlinks=follow)
    if follow:
        os.chmod(dst, stat.S_IMODE(found.st_mode))


def _copy_with(copy_metadata, src, dst, follow_symlinks):
    if os.path.isdir(dst):
        dst = join(dst, basename(src))
    for step in copyfile, copy_metadata:
        step(src, dst, follow_symlinks=follow_symlinks)
    return dst


def copy(src, dst, *, follow_symlinks=True):
    """Copy data and permission bits; dst may be a directory."""
    return _copy_with(copymode, src, dst, follow_symlinks)


def copy2(src, dst, *, follow_symlinks=True):
    """Copy data and metadata; dst may be a directory."""
    return _copy_with(copystat, src, dst, follow_symlinks)


# ---- a tree ----

def ignore_patterns(*patterns):
    """A function for copytree() that leaves out what fits the patterns."""
    from fnmatch import filter as fitting
    return lambda folder, names: {name for pattern in patterns for name in fitting(names, pattern)}


def copytree(src, dst, symlinks=False, ignore=None, copy_function=copy2, ignore_dangling_symlinks=False,
             dirs_exist_ok=False):
    """Copy a directory and all below it."""
    with os.scandir(src) as found:
        entries = list(found)
    left_out = ignore(os.fspath(src), [entry.name for entry in entries]) if ignore else ()
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    options = symlinks, ignore, copy_function, ignore_dangling_symlinks, dirs_exist_ok
    problems = []
    for entry in entries:
        if entry.name not in left_out:
            source, target = join(src, entry.name), join(dst, entry.name)
            try:
                _copy_entry(entry, source, target, options)
            except Error as error:
                problems += error.args[0]
            except OSError as error:
                problems.append((source, target, str(error)))
    try:
        copystat(src, dst)
    except OSError as error:
        problems.append((src, dst, str(error)))
    if problems:
        raise Error(problems)
    return dst


def _copy_entry(entry, source, target, options):
    symlinks, _, copy_function, ignore_dangling, _ = options
    if entry.is_symlink():
        leads_to = os.readlink(source)
        if symlinks:
            os.symlink(leads_to, target)
            return copystat(entry, target, follow_symlinks=False)
        if ignore_dangling and not os.path.exists(leads_to):
            return None
    if entry.is_dir():
        return copytree(entry, target, *options)
    return copy_function(entry if copy_function in (copy, copy2) else source, target)


def rmtree(path, ignore_errors=False, onerror=None, *, dir_fd=None):
    """Remove a directory and all below it; onerror(function, path, exc_info) is told what fails."""
    if dir_fd is not None:
        raise NotImplementedError('dir_fd unavailable on this platform')
    if ignore_errors:
        onerror = _ignore
    elif onerror is None:
        onerror = _raise_again
    try:
        if islink(path):
            raise OSError('Cannot call rmtree on a symbolic link')
    except OSError:
        onerror(islink, path, sys.exc_info())
    else:
        _remove_tree(path, onerror)


rmtree.avoids_symlink_attacks = False


def _ignore(function, path, exc_info):
    pass


def _raise_again(function, path, exc_info):
    raise


def _remove_tree(path, onerror):
    def attempt(function, path):
        try:
            return function(path)
        except OSError:
            onerror(function, path, sys.exc_info())

    entries = attempt(os.scandir, path)
    if entries is not None:
        with entries:
            entries = list(entries)
    for entry in entries or ():
        try:
            is_folder = entry.is_dir(follow_symlinks=False)
        except OSError:
            is_folder = False
        if is_folder:
            _remove_tree(entry.path, onerror)
        else:
            attempt(os.unlink, entry.path)
    attempt(os.rmdir, path)


def move(src, dst, copy_function=copy2):
    """Move a file or directory: rename it, or copy and remove it where that fails; returns where it is now."""
    target = dst
    if os.path.isdir(dst):
        if _is_same(src, dst):  # only the case of its letters changes
            os.rename(src, dst)
            return None
        target = join(dst, basename(os.fspath(src).rstrip(os.sep)))
        if os.path.exists(target):
            raise Error(f"Destination path '{target}' already exists")
    try:
        os.rename(src, target)
    except OSError:  # it is on another file system
        if islink(src):
            os.symlink(os.readlink(src), target)
            os.unlink(src)
        elif not os.path.isdir(src):
            copy_function(src, target)
            os.unlink(src)
        elif join(abspath(dst), '').startswith(join(abspath(src), '')):
            raise Error(f"Cannot move a directory '{src}' into itself '{dst}'.")
        else:
            copytree(src, target, symlinks=True, copy_function=copy_function)
            rmtree(src)
    return target


# ---- the system ----

_Usage = namedtuple('usage', 'total used free')


def disk_usage(path):
    """(total, used, free) of the file system that path is on, in bytes."""
    system = os.statvfs(path)
    blocks = system.f_blocks, system.f_blocks - system.f_bfree, system.f_bavail
    return _Usage(*[n * system.f_frsize for n in blocks])


def chown(path, user=None, group=None):
    """Change owner and group, given as names or numbers."""
    if user is None and group is None:
        raise ValueError('user and/or group must be set')
    if isinstance(user, str):
        import pwd
        user = _id_of(user, 'user', pwd.getpwnam)
    if isinstance(group, str):
        import grp
        group = _id_of(group, 'group', grp.getgrnam)
    os.chown(path, -1 if user is None else user, -1 if group is None else group)


def _id_of(name, what, look_up):
    try:
        return look_up(name)[2]
    except KeyError:
        raise LookupError(f'no such {what}: {name!r}')


def get_terminal_size(fallback=(80, 24)):
    """(columns, lines): of COLUMNS and LINES, else of the terminal, else fallback."""
    size = [_number(os.environ.get(name)) for name in ('COLUMNS', 'LINES')]
    if min(size) <= 0:
        try:
            terminal = os.get_terminal_size(sys.__stdout__.fileno())
        except (AttributeError, ValueError, OSError):
            terminal = fallback
        size = [said if said > 0 else seen or instead for said, seen, instead in zip(size, terminal, fallback)]
    return _terminal_size(size)


def _number(text):
    try:
        return int(text)
    except (TypeError, ValueError):
        return 0


_terminal_size = getattr(os, 'terminal_size', None) or namedtuple('terminal_size', 'columns lines', module='os')._make


def which(cmd, mode=os.F_OK | os.X_OK, path=None):
    """The path of the program that cmd would run, or None."""
    def is_program(file):
        return os.path.exists(file) and os.access(file, mode) and not os.path.isdir(file)

    if os.path.dirname(cmd):
        return cmd if is_program(cmd) else None
    if path is None:
        path = os.environ.get('PATH', os.defpath)
    if not path:
        return None
    if isinstance(cmd, bytes):
        folders = os.fsencode(path).split(os.fsencode(os.pathsep))
    else:
        folders = os.fsdecode(path).split(os.pathsep)
    programs = (join(folder, cmd) for folder in dict.fromkeys(folders))
    return next(filter(is_program, programs), None)
