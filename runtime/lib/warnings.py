"""warnings - messages to the programmer, filtered by category, text, module and line.

Keeps: `filters` is searched from its head; each module remembers in __warningregistry__ what it has shown, and
forgets when the filters have changed since.
Next: traceback.py, linecache.py (both only needed when a warning is shown).
"""
import sys

__all__ = ['warn', 'warn_explicit', 'showwarning', 'formatwarning', 'filterwarnings', 'simplefilter',
           'resetwarnings', 'catch_warnings']

filters = []                     # (action, pattern of the text or None, category, pattern of the module or None, line or 0)
defaultaction = _defaultaction = 'default'
onceregistry = _onceregistry = {}
_filters_version = 1             # counts changes of the filters
_ACTIONS = 'default', 'always', 'ignore', 'module', 'once', 'error'


def _filters_mutated():
    global _filters_version
    _filters_version += 1


# ---- showing ----

class WarningMessage:
    """One warning, with all there is to know about it."""

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message, self.category, self._category_name = message, category, category and category.__name__
        self.filename, self.lineno, self.line, self.file, self.source = filename, lineno, line, file, source

    def __str__(self):
        return (f'{{message : {self.message!r}, category : {self._category_name!r}, filename : {self.filename!r}, '
                f'lineno : {self.lineno}, line : {self.line!r}}}')


def showwarning(message, category, filename, lineno, file=None, line=None):
    """Write a warning to a file, or to stderr. A script may put another function in its place."""
    _showwarnmsg_impl(WarningMessage(message, category, filename, lineno, file, line))


def formatwarning(message, category, filename, lineno, line=None):
    """The text of a warning. A script may put another function in its place."""
    return _standard_text(WarningMessage(message, category, filename, lineno, None, line))


_showwarning_orig, _formatwarning_orig = showwarning, formatwarning


def _showwarnmsg(msg):
    """Show by the function that stands in showwarning, if that is another."""
    if showwarning is _showwarning_orig:
        return _showwarnmsg_impl(msg)
    if not callable(showwarning):
        raise TypeError('warnings.showwarning() must be set to a function or method')
    showwarning(msg.message, msg.category, msg.filename, msg.lineno, msg.file, msg.line)


def _showwarnmsg_impl(msg):
    """What catch_warnings(record=True) replaces."""
    out = sys.stderr if msg.file is None else msg.file
    if formatwarning is _formatwarning_orig:
        text = _standard_text(msg)
    else:
        text = formatwarning(msg.message, msg.category, msg.filename, msg.lineno, msg.line)
    try:
        if out is not None:
            out.write(text)
    except OSError:
        pass  # it is lost


def _standard_text(msg):
    name = msg.category.__name__
    line = _source_line(msg) if msg.line is None else msg.line
    text = f'{msg.filename}:{msg.lineno}: {name}: {msg.message}\n' + (f'  {line.strip()}\n' if line else '')
    if msg.source is not None and msg.category is ResourceWarning:
        text += f'{name}: Enable tracemalloc to get the object allocation traceback\n'
    return text


def _source_line(msg):
    try:
        from linecache import getline
        return getline(msg.filename, msg.lineno)
    except Exception:
        return None  # the interpreter is going down


# ---- filters ----

def filterwarnings(action, message='', category=Warning, module='', lineno=0, append=False):
    """Put a filter at the head of the list (or the tail); message and module are regular expressions."""
    assert isinstance(message, str), 'message must be a string'
    assert isinstance(module, str), 'module must be a string'
    assert isinstance(category, type), 'category must be a class'
    assert issubclass(category, Warning), 'category must be a Warning subclass'
    if message or module:
        import re
        message, module = message and re.compile(message, re.IGNORECASE), module and re.compile(module)
    _add_filter(append, action, message or None, category, module or None, lineno)


def simplefilter(action, category=Warning, lineno=0, append=False):
    """The same for all modules and messages."""
    _add_filter(append, action, None, category, None, lineno)


def _add_filter(append, action, message, category, module, lineno):
    assert action in _ACTIONS, f'invalid action: {action!r}'
    assert isinstance(lineno, int) and lineno >= 0, 'lineno must be an int >= 0'
    new = action, message, category, module, lineno
    if not append:
        filters[:] = [new, *(each for each in filters if each != new)]
    elif new not in filters:
        filters.append(new)
    _filters_mutated()


def resetwarnings():
    """Take out all filters."""
    filters.clear()
    _filters_mutated()


# ---- the option -W action:message:category:module:line ----

class _OptionError(Exception):
    """What is wrong with it."""


def _processoptions(args):
    for arg in args:
        try:
            _setoption(arg)
        except _OptionError as problem:
            print('Invalid -W option ignored:', problem, file=sys.stderr)


def _setoption(arg):
    fields = [field.strip() for field in arg.split(':')]
    if len(fields) > 5:
        raise _OptionError(f'too many fields (max 5): {arg!r}')
    action, message, category, module, line = fields + [''] * (5 - len(fields))
    action, category = _getaction(action), _getcategory(category)
    if message or module:
        from re import escape
        message, module = escape(message), module and escape(module) + r'\Z'
    if line and not line.isdecimal():
        raise _OptionError(f'invalid lineno {line!r}')
    filterwarnings(action, message, category, module, int(line or 0))


def _getaction(action):
    if action == 'all':
        return 'always'
    for known in _ACTIONS:
        if known.startswith(action):
            return known
    raise _OptionError(f'invalid action: {action!r}')


def _getcategory(category):
    if not category:
        return Warning
    module, _, name = category.rpartition('.')
    try:
        found = getattr(__import__(module or 'builtins', None, None, [name]), name)
    except ImportError:
        raise _OptionError(f'invalid module name: {module!r}') from None
    except AttributeError:
        raise _OptionError(f'unknown warning category: {category!r}') from None
    if not issubclass(found, Warning):
        raise _OptionError(f'invalid warning category: {category!r}')
    return found


# ---- warning ----

def _is_import_machinery(frame):
    name = frame.f_code.co_filename
    return 'importlib' in name and '_bootstrap' in name


def _blamed_frame(level):
    """The frame that a warning is about, or None: the one that calls warn(), or level - 1 further out."""
    try:
        frame = sys._getframe(2)
        if level <= 1 or _is_import_machinery(frame):
            return sys._getframe(level + 1)
    except ValueError:
        return None
    while level > 1 and frame is not None:
        frame = frame.f_back
        if frame is None or not _is_import_machinery(frame):
            level -= 1
    return frame


def warn(message, category=None, stacklevel=1, source=None):
    """Issue a warning, or maybe ignore it or raise an exception; stacklevel 2 blames the caller's caller."""
    if sys is None:  # the end of the program: this module is being taken apart
        return
    category = type(message) if isinstance(message, Warning) else UserWarning if category is None else category
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    frame = _blamed_frame(stacklevel)
    names = vars(sys) if frame is None else frame.f_globals
    file, line = ('sys', 1) if frame is None else (frame.f_code.co_filename, frame.f_lineno)
    registry = names.setdefault('__warningregistry__', {})
    warn_explicit(message, category, file, line, names.get('__name__', '<string>'), registry, names, source)


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    """warn() with everything said that it would find out."""
    lineno = int(lineno)
    if module is None:
        module = filename or '<unknown>'
        module = module[:-3] if module.lower().endswith('.py') else module
    shown = {} if registry is None else registry
    if shown.get('version') != _filters_version:
        shown.clear()
        shown['version'] = _filters_version
    if isinstance(message, Warning):
        text, category = str(message), type(message)
    else:
        text, message = message, category(message)
    if shown.get((text, category, lineno)):
        return
    action = _action_for(text, category, module, lineno)
    if action == 'error':
        raise message
    if action == 'ignore' or _was_shown(action, shown, text, category, lineno):
        return
    if module_globals and not filename.startswith('<'):
        from linecache import getlines
        getlines(filename, module_globals)  # while its loader can be asked
    _showwarnmsg(WarningMessage(message, category, filename, lineno, source=source))


def _action_for(text, category, module, lineno):
    for action, message, kind, where, line in filters:
        if issubclass(category, kind) and line in (0, lineno) and _fits(message, text) and _fits(where, module):
            if action not in _ACTIONS:
                raise RuntimeError(f'Unrecognized action ({action!r}) in warnings.filters:\n '
                                   f'{(action, message, kind, where, line)}')
            return action
    return defaultaction


def _fits(pattern, text):
    if pattern is None:
        return True
    return pattern.match(text) if hasattr(pattern, 'match') else pattern == text


def _was_shown(action, shown, text, category, lineno):
    """Whether it was, by what the action counts as the same; it is from now on."""
    if action == 'always':
        return False
    shown[text, category, lineno] = 1
    if action == 'default':
        return False
    registry, key = (onceregistry, (text, category)) if action == 'once' else (shown, (text, category, 0))
    was_shown = registry.get(key)
    registry[key] = 1
    return bool(was_shown)


class catch_warnings:
    """Saves the filters and puts them back; with record=True gives a list that warnings are added to."""

    _SAVED = 'filters', 'showwarning', '_showwarnmsg_impl'

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record, self._module = record, sys.modules['warnings'] if module is None else module
        self._filter = action and (action, category, lineno, append)
        self._saved = None

    def __enter__(self):
        if self._saved is not None:
            raise RuntimeError(f'Cannot enter {self!r} twice')
        module = self._module
        self._saved = [getattr(module, name) for name in self._SAVED]
        module.filters = list(module.filters)
        module._filters_mutated()
        if self._filter:
            simplefilter(*self._filter)
        if not self._record:
            return None
        recorded = []
        module._showwarnmsg_impl, module.showwarning = recorded.append, module._showwarning_orig
        return recorded

    def __exit__(self, *exc_info):
        if self._saved is None:
            raise RuntimeError(f'Cannot exit {self!r} without entering first')
        for name, value in zip(self._SAVED, self._saved):
            setattr(self._module, name, value)
        self._module._filters_mutated()

    def __repr__(self):
        parts = ['record=True'] if self._record else []
        if self._module is not sys.modules['warnings']:
            parts.append(f'module={self._module!r}')
        return f'{type(self).__name__}({", ".join(parts)})'


_DEPRECATED_MSG = '{name!r} is deprecated and slated for removal in Python {remove}'


def _deprecated(name, message=_DEPRECATED_MSG, *, remove, _version=sys.version_info):
    """Warn that something of the library will go in version remove; an error once it should be gone."""
    when = '.'.join(map(str, remove))
    if _version[:2] > remove or _version[:2] == remove and _version[3] != 'alpha':
        raise RuntimeError(f'{name!r} was slated for removal after Python {when} alpha')
    warn(message.format(name=name, remove=when), DeprecationWarning, stacklevel=3)


def _warn_unawaited_coroutine(coro):
    """Called by the interpreter when a coroutine dies before it ran."""
    warn(f"coroutine '{coro.__qualname__}' was never awaited", RuntimeWarning, 2, coro)


filters += [('default', None, DeprecationWarning, '__main__', 0),
            *[('ignore', None, _each, None, 0)
              for _each in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)]]
_processoptions(sys.warnoptions)
