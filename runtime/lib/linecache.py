"""linecache - lines of source files, read once and kept.

Keeps: cache[filename] is (size, mtime, lines, fullname); or (get_source,) while a module's loader is not asked yet.
Next: traceback.py, inspect.py.
"""
import sys

__all__ = ['getline', 'clearcache', 'checkcache', 'lazycache']

cache = {}


def clearcache():
    """Clear the cache entirely."""
    cache.clear()


def getline(filename, lineno, module_globals=None):
    """One line with its newline; '' when there is none."""
    lines = getlines(filename, module_globals)
    return lines[lineno - 1] if 1 <= lineno <= len(lines) else ''


def getlines(filename, module_globals=None):
    """All lines of a file; [] when it cannot be read."""
    if filename in cache:
        entry = cache[filename]
        if len(entry) != 1:
            return entry[2]
    try:
        return updatecache(filename, module_globals)
    except MemoryError:
        clearcache()
        return []


def checkcache(filename=None):
    """Forget files that have changed since they were read."""
    import os
    for filename in list(cache) if filename is None else [filename] if filename in cache else []:
        entry = cache[filename]
        if len(entry) == 1:
            continue
        size, mtime, lines, fullname = entry
        if mtime is None:
            continue  # not from a file
        try:
            stat = os.stat(fullname)
        except (OSError, ValueError):
            cache.pop(filename, None)
            continue
        if size != stat.st_size or mtime != stat.st_mtime:
            cache.pop(filename, None)


def updatecache(filename, module_globals=None):
    """Read a file anew; a name that is no path is looked for along sys.path, and asked of the module's loader."""
    import os
    if len(cache.get(filename, ())) != 1:
        cache.pop(filename, None)
    if not filename or filename.startswith('<') and filename.endswith('>'):
        return []
    fullname = filename
    try:
        stat = os.stat(fullname)
    except OSError:
        if lazycache(filename, module_globals):
            try:
                data = cache[filename][0]()
            except (ImportError, OSError):
                pass
            else:
                if data is None:
                    return []
                lines = [line + '\n' for line in data.splitlines()]
                cache[filename] = (len(data), None, lines, fullname)
                return lines
        if os.path.isabs(filename):
            return []
        for dirname in sys.path:
            try:
                fullname = os.path.join(dirname, filename)
                stat = os.stat(fullname)
                break
            except (TypeError, AttributeError, OSError):
                pass
        else:
            return []
    except ValueError:
        return []
    try:
        with open(fullname, 'rb') as f:
            lines = _split(_decode(f.read()))
    except (OSError, UnicodeDecodeError, SyntaxError, LookupError):
        return []
    cache[filename] = (stat.st_size, stat.st_mtime, lines, fullname)
    return lines


def _decode(data):
    """Source text by its byte order mark or coding comment; UTF-8 without; lines end in \\n."""
    encoding = 'utf-8'
    if data.startswith(b'\xef\xbb\xbf'):
        data = data[3:]
    for line in data.split(b'\n', 2)[:2]:
        line = line.strip()
        if not line.startswith(b'#'):
            if line:
                break
            continue
        at = line.find(b'coding')
        if at >= 0 and line[at + 6:at + 7] in (b':', b'='):
            name = line[at + 7:].split()
            if name:
                encoding = ''.join(c for c in name[0].decode('ascii', 'replace') if c.isalnum() or c in '-_.')
                break
    return data.decode(encoding).replace('\r\n', '\n').replace('\r', '\n')


def _split(text):
    """Split at newlines only, where str.splitlines() knows others as well."""
    lines = [line + '\n' for line in text.split('\n')]
    last = lines.pop()
    return lines if last == '\n' else lines + [last]


def lazycache(filename, module_globals):
    """Note how to get the lines from the module's loader, if they should be wanted."""
    if filename in cache:
        return len(cache[filename]) == 1
    if not filename or filename.startswith('<') and filename.endswith('>'):
        return False
    if module_globals and '__name__' in module_globals:
        spec = module_globals.get('__spec__')
        name = getattr(spec, 'name', module_globals['__name__'])
        loader = getattr(spec, 'loader', None) or module_globals.get('__loader__')
        get_source = getattr(loader, 'get_source', None)
        if name and get_source:
            cache[filename] = (lambda: get_source(name),)
            return True
    return False
