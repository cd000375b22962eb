"""linecache - lines of source files, read once and kept.

Keeps: cache[filename] is (size, mtime, lines, path); mtime is None for what comes from no file; it is (get_source,) while a
module's loader is not asked yet.
Next: traceback.py, inspect.py.
"""
import sys

__all__ = ['getline', 'clearcache', 'checkcache', 'lazycache']

cache = {}


def clearcache():
    """Forget all."""
    cache.clear()


def getline(filename, lineno, module_globals=None):
    """One line with its newline; '' when there is none."""
    lines = getlines(filename, module_globals)
    return lines[lineno - 1] if 0 < lineno <= len(lines) else ''


def getlines(filename, module_globals=None):
    """All lines of a file; [] when it cannot be read."""
    entry = cache.get(filename, ())
    try:
        return entry[2] if len(entry) > 1 else updatecache(filename, module_globals)
    except MemoryError:
        clearcache()
        return []


def checkcache(filename=None):
    """Forget files that have changed since they were read."""
    for name in list(cache) if filename is None else [filename]:
        entry = cache.get(name, ())
        if len(entry) == 4 and entry[1] is not None:
            found = _stat(entry[3])
            if found is None or (found.st_size, found.st_mtime) != entry[:2]:
                cache.pop(name, None)


def _stat(path):
    import os
    try:
        return os.stat(path)
    except (OSError, ValueError):
        return None


def _is_no_file(filename):
    return not filename or filename.startswith('<') and filename.endswith('>')


def updatecache(filename, module_globals=None):
    """Read a file anew; a name that is no path is asked of the module's loader, and looked for along sys.path."""
    if len(cache.get(filename, ())) != 1:
        cache.pop(filename, None)
    if _is_no_file(filename) or '\0' in filename:
        return []
    path, found = filename, _stat(filename)
    if found is None:
        lines = _ask_loader(filename, module_globals)
        if lines is not None:
            return lines
        path, found = _search(filename)
    if found is None:
        return []
    try:
        with open(path, 'rb') as file:
            lines = _split(_decode(file.read()))
    except (OSError, UnicodeDecodeError, SyntaxError, LookupError):
        return []
    cache[filename] = found.st_size, found.st_mtime, lines, path
    return lines


def _search(filename):
    """(path, os.stat() of it) of a relative name, along sys.path; (None, None) if it is not found."""
    import os
    if not os.path.isabs(filename):
        for folder in sys.path:
            path = os.path.join(folder, filename) if isinstance(folder, str) else None
            found = path and _stat(path)
            if found:
                return path, found
    return None, None


def lazycache(filename, module_globals):
    """Note how to get the lines from the module's loader, if they should be wanted. True if there is a way."""
    entry = cache.get(filename)
    if entry is not None:
        return len(entry) == 1
    if _is_no_file(filename) or not module_globals or '__name__' not in module_globals:
        return False
    spec = module_globals.get('__spec__')
    name = getattr(spec, 'name', module_globals['__name__'])
    loader = getattr(spec, 'loader', None) or module_globals.get('__loader__')
    get_source = getattr(loader, 'get_source', None)
    if not (name and get_source):
        return False
    cache[filename] = (lambda: get_source(name)),
    return True


def _ask_loader(filename, module_globals):
    """The lines that the module's loader knows, [] if it has none; None if it cannot be asked."""
    if not lazycache(filename, module_globals):
        return None
    try:
        text = cache[filename][0]()
    except (ImportError, OSError):
        return None
    if text is None:
        return []
    lines = [line + '\n' for line in text.splitlines()]
    cache[filename] = len(text), None, lines, filename
    return lines


def _decode(data):
    """Source text by its byte order mark or coding comment; UTF-8 without; lines end in \\n."""
    data = data.removeprefix(b'\xef\xbb\xbf')
    encoding = 'utf-8'
    for line in map(bytes.strip, data.split(b'\n', 2)[:2]):
        if line and not line.startswith(b'#'):
            break
        _, coding, rest = line.partition(b'coding')
        if coding and rest[:1] in (b':', b'=') and rest[1:].split():
            word = rest[1:].split()[0].decode('ascii', 'replace')
            encoding = ''.join(c for c in word if c.isalnum() or c in '-_.')
            break
    return data.decode(encoding).replace('\r\n', '\n').replace('\r', '\n')


def _split(text):
    """Split at newlines only, where str.splitlines() knows others as well."""
    *lines, last = text.split('\n')
    return [line + '\n' for line in lines] + ([last + '\n'] if last else [])
