"""_source - the part of inspect about source text: which file an object is from, and which of its lines.

How: a function knows its first line, and a class is looked for by its qualified name; the end of a definition is found by
indentation.  For that the lines are scanned (_line_states) just closely enough to tell which of them begin inside of a string,
a bracket or a continued line.
Next: inspect.py, linecache.py.
"""
import sys
import types

from _signature import unwrap


# ---- files ----

def getfile(object):
    """The file that an object was defined in."""
    if isinstance(object, types.ModuleType):
        file = getattr(object, '__file__', None)
        if not file:
            raise TypeError(f'{object!r} is a built-in module')
        return file
    if isinstance(object, type):
        return _file_of_class(object)
    code = _code_of(object)
    if code is None:
        raise TypeError('module, class, method, function, traceback, frame, or code object was expected, got '
                        + type(object).__name__)
    return code.co_filename


def _file_of_class(cls):
    module = getattr(cls, '__module__', None)
    file = getattr(sys.modules.get(module), '__file__', None)
    if file:
        return file
    if module == '__main__':
        raise OSError('source code not available')
    raise TypeError(f'{cls!r} is a built-in class')


def _code_of(object):
    """The code object of a method, function, traceback or frame; None of anything else."""
    for kind, attribute in ((types.MethodType, '__func__'), (types.FunctionType, '__code__'),
                            (types.TracebackType, 'tb_frame'), (types.FrameType, 'f_code')):
        if isinstance(object, kind):
            object = getattr(object, attribute)
    return object if isinstance(object, types.CodeType) else None


def getmodulename(path):
    """The name of the module in a file, or None."""
    name = path.rpartition('/')[2]
    stem, dot, suffix = name.rpartition('.')
    return stem if dot and suffix in ('py', 'pyc') else None


def getsourcefile(object):
    """The file with the source of an object, or None."""
    import linecache
    import os
    file = getfile(object)
    if file.endswith('.pyc'):
        file = file[:-1]
    if file in linecache.cache or os.path.exists(file):
        return file
    # What loaded the module may have its source.
    module = getmodule(object, file)
    spec = getattr(module, '__spec__', None)
    has_loader = getattr(module, '__loader__', None) or getattr(spec, 'loader', None)
    return file if has_loader else None


def getabsfile(object, _filename=None):
    """The absolute path of the source or the file of an object."""
    import os
    if _filename is None:
        _filename = getsourcefile(object) or getfile(object)
    return os.path.normcase(os.path.abspath(_filename))


def getmodule(object, _filename=None):
    """The module that an object was defined in, or None."""
    if isinstance(object, types.ModuleType):
        return object
    if hasattr(object, '__module__'):
        return sys.modules.get(object.__module__)
    import os
    try:
        file = getabsfile(object, _filename)
    except (TypeError, FileNotFoundError):
        return None
    for module in [*sys.modules.values()]:
        its_file = getattr(module, '__file__', None)
        if its_file and isinstance(module, types.ModuleType) and file in (its_file, os.path.realpath(its_file)):
            return module
    name = getattr(object, '__name__', None)
    for module in sys.modules['__main__'], sys.modules['builtins']:
        if name is not None and getattr(module, name, None) is object:
            return module
    return None


# ---- lines ----

def findsource(object):
    """(all lines of the file, index of the line where the object begins)"""
    lines = _lines_of_file(object)
    if isinstance(object, types.ModuleType):
        return lines, 0
    if isinstance(object, type):
        at = _find_class(lines, object.__qualname__)
        if at is None:
            raise OSError('could not find class definition')
        return lines, at
    code = _code_of(object)
    if code is None:
        raise OSError('could not find code object')
    if code.co_firstlineno > len(lines):
        raise OSError('lineno is out of bounds')
    return lines, code.co_firstlineno - 1


def _lines_of_file(object):
    import linecache
    file = getsourcefile(object)
    if file:
        linecache.checkcache(file)
    elif not ((file := getfile(object)).startswith('<') and file.endswith('>')):
        raise OSError('source code not available')
    lines = linecache.getlines(file, getattr(getmodule(object, file), '__dict__', None))
    if not lines:
        raise OSError('could not get source code')
    return lines


def getsourcelines(object):
    """(the lines of the source of an object, the number of the first)"""
    object = unwrap(object)
    lines, at = findsource(object)
    code = _code_of(object) if isinstance(object, (types.TracebackType, types.FrameType)) else None
    if isinstance(object, types.ModuleType) or code is not None and code.co_name == '<module>':
        return lines, 0
    return getblock(lines[at:]), at + 1


def getsource(object):
    """The source of an object as one string."""
    return ''.join(getsourcelines(object)[0])


def getcomments(object):
    """The comment lines right above the source of an object, or at the top of a module."""
    try:
        lines, at = findsource(object)
    except (TypeError, OSError):
        return None
    if isinstance(object, types.ModuleType):
        return _comments_at_top(lines)
    indent = indentsize(lines[at])
    start = at
    while start > 0 and lines[start - 1].lstrip()[:1] == '#' and indentsize(lines[start - 1]) == indent:
        start -= 1
    comments = [line.expandtabs().lstrip() for line in lines[start:at]]
    if not comments:
        return None
    while comments and comments[0].strip() == '#':
        del comments[0]
    while comments and comments[-1].strip() == '#':
        del comments[-1]
    return ''.join(comments)


def _comments_at_top(lines):
    start = 1 if lines and lines[0].startswith('#!') else 0
    while start < len(lines) and lines[start].strip() in ('', '#'):
        start += 1
    end = start
    while end < len(lines) and lines[end].startswith('#'):
        end += 1
    return ''.join([line.expandtabs() for line in lines[start:end]]) or None


def indentsize(line):
    """The number of blanks a line begins with."""
    line = line.expandtabs()
    return len(line) - len(line.lstrip())


# ---- blocks ----

def getblock(lines):
    """The lines of the definition (or, for a lambda, the statement) that begins at the first line."""
    states = _line_states(lines)
    first = 0
    while first < len(lines) and (states[first] or not lines[first].strip() or lines[first].lstrip()[0] in '@#'):
        first += 1  # decorators
    if first == len(lines):
        return lines[:1]
    header = first
    while header + 1 < len(lines) and states[header + 1]:
        header += 1
    is_definition = lines[first].lstrip().startswith(('def ', 'class ', 'async def '))
    if not is_definition or not _ends_with_colon(lines[header]):
        return lines[:header + 1]
    return lines[:_end_of_body(lines, states, header, indentsize(lines[first]))]


def _end_of_body(lines, states, header, indent):
    """The index after the last line that is indented deeper than indent. Comments count if they are as deep as the body."""
    end, body_indent = header + 1, None
    for i in range(header + 1, len(lines)):
        text, depth = lines[i].strip(), indentsize(lines[i])
        if states[i]:
            end = i + 1
        elif text.startswith('#'):
            if body_indent is not None and depth >= body_indent:
                end = i + 1
        elif text:
            if depth <= indent:
                break
            body_indent = body_indent or depth
            end = i + 1
    return end


def _ends_with_colon(line):
    quote = None
    for i, c in enumerate(line):
        if quote:
            quote = None if c == quote else quote
        elif c in '"\'':
            quote = c
        elif c == '#':
            line = line[:i]
            break
    return line.rstrip().endswith(':')


def _find_class(lines, qualname):
    """The index of the first line of the class, its decorators included: walks definitions by indentation."""
    around = []  # (indent, name) of the definitions around the line
    decorator = None
    for i, (line, is_inside) in enumerate(zip(lines, _line_states(lines))):
        text = line.lstrip()
        if is_inside or not text or text[0] == '#':
            continue
        indent = indentsize(line)
        while around and around[-1][0] >= indent:
            around.pop()
        if text[0] == '@':
            decorator = i if decorator is None else decorator
            continue
        word, name = _definition(text)
        if word:
            around.append((indent, name))
            if word == 'class' and '.'.join([name for _, name in around]) == qualname:
                return i if decorator is None else decorator
            if word == 'def':
                around.append((indent + 0.5, '<locals>'))
        decorator = None
    return None


def _definition(text):
    """('class' or 'def', the name) of a line that begins a definition; else (None, None)"""
    text = text.removeprefix('async').lstrip() if text.startswith('async ') else text
    word, _, rest = text.partition(' ')
    if word not in ('class', 'def'):
        return None, None
    rest = rest.lstrip()
    end = 0
    while end < len(rest) and (rest[end].isalnum() or rest[end] == '_'):
        end += 1
    return word, rest[:end]


def _line_states(lines):
    """For each line: does it begin inside a string, a bracket or after a backslash?"""
    states = []
    quote, depth, continued = None, 0, False
    for line in lines:
        states.append(quote is not None or depth > 0 or continued)
        quote, depth, continued = _scan(line, quote, depth)
    return states


def _scan(line, quote, depth):
    """(quote, depth, continued) after a line that begins inside `quote` or brackets."""
    i, n = 0, len(line)
    while i < n:
        c = line[i]
        if quote:
            if line.startswith(quote, i):
                i += len(quote)
                quote = None
                continue
            if c == '\\':
                i += 1  # and what follows
            elif c == '\n' and len(quote) == 1:
                quote = None
        elif c == '#':
            break
        elif c in '"\'':
            quote = line[i:i + 3] if line[i:i + 3] in ('"""', "'''") else c
            i += len(quote)
            continue
        elif c in '([{':
            depth += 1
        elif c in ')]}':
            depth = max(0, depth - 1)
        i += 1
    return quote, depth, quote is None and line.rstrip('\r\n').endswith('\\') and '#' not in line
