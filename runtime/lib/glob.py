"""glob - the files that a shell pattern names; ** stands for any depth of directories.  Next: fnmatch.py, os.py.

A pattern is taken apart from its end: the directories that all but its last component names, and in each of them what the
last one names. Works on str and bytes alike.
"""
import os
import re
from fnmatch import filter as _fitting

__all__ = ['escape', 'glob', 'iglob']

magic_check, magic_check_bytes = re.compile('([*?[])'), re.compile(b'([*?[])')


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """The list of paths that fit the pattern, in no order."""
    return list(iglob(pathname, root_dir=root_dir, dir_fd=dir_fd, recursive=recursive, include_hidden=include_hidden))


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """The same one by one."""
    if dir_fd is not None:
        raise NotImplementedError('dir_fd unavailable on this platform')
    root = pathname[:0] if root_dir is None else os.fspath(root_dir)
    found = _Search(root, recursive, include_hidden).paths(pathname, False)
    if not pathname or recursive and _is_any_depth(pathname[:2]):
        return (path for path in found if path)  # the root itself is no result
    return found


class _Search:
    def __init__(self, root, recursive, include_hidden):
        self.root, self.recursive, self.include_hidden = root, recursive, include_hidden

    def paths(self, pattern, only_folders):
        """What a pattern names, as seen from the root."""
        folder, name = os.path.split(pattern)
        if not has_magic(pattern):
            if self._is_there(self.root, pattern) if name else os.path.isdir(_join(self.root, folder)):
                yield pattern
        elif not folder:
            yield from self._names(self.root, name, only_folders)
        else:
            is_pattern = folder != pattern and has_magic(folder)
            for each in self.paths(folder, True) if is_pattern else [folder]:
                for found in self._names(_join(self.root, each), name, only_folders):
                    yield os.path.join(each, found)

    @staticmethod
    def _is_there(folder, name):
        return os.path.lexists(_join(folder, name))

    def _names(self, folder, pattern, only_folders):
        """What the last component names in a folder."""
        if not has_magic(pattern):
            is_there = self._is_there(folder, pattern) if pattern else os.path.isdir(folder)
            return [pattern] if is_there else []
        if self.recursive and _is_any_depth(pattern):
            return self._all_below(folder, pattern[:0], only_folders)
        names = _entries(folder, only_folders)
        if not (self.include_hidden or _is_hidden(pattern)):
            names = [name for name in names if not _is_hidden(name)]
        return _fitting(names, pattern)

    def _all_below(self, folder, way, only_folders):
        """The ways from a folder to itself and to all below it."""
        if way or not folder or os.path.isdir(folder):
            yield way
        for name in _entries(_join(folder, way), only_folders):
            if self.include_hidden or not _is_hidden(name):
                yield from self._all_below(folder, _join(way, name), only_folders)


def _entries(folder, only_folders):
    if not folder:
        folder = os.fsencode(os.curdir) if isinstance(folder, bytes) else os.curdir
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries if not only_folders or _is_folder(entry)]
    except OSError:
        return []


def _is_folder(entry):
    try:
        return entry.is_dir()
    except OSError:
        return False


def _join(folder, name):
    return os.path.join(folder, name) if folder and name else folder or name


def _is_hidden(name):
    return name[:1] in ('.', b'.')


def _is_any_depth(pattern):
    return pattern in ('**', b'**')


def _magic(path):
    return magic_check_bytes if isinstance(path, bytes) else magic_check


def has_magic(s):
    """Whether it is a pattern, not a plain path."""
    return _magic(s).search(s) is not None


def escape(pathname):
    """The pattern that names this path and no other."""
    return _magic(pathname).sub(rb'[\1]' if isinstance(pathname, bytes) else r'[\1]', pathname)
