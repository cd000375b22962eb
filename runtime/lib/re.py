"""re - regular expressions.  Compiling and matching are native (_re); here are flags, cache and functions.

Keeps: _cache holds at most 512 compiled patterns; the oldest goes first.
Next: string.py (Template), textwrap.py, fnmatch.py use it.
"""
import enum
import functools
import _re
from _re import Pattern, Match, error

__all__ = ['match', 'fullmatch', 'search', 'sub', 'subn', 'split', 'findall', 'finditer', 'compile', 'purge',
           'template', 'escape', 'error', 'Pattern', 'Match', 'A', 'I', 'L', 'M', 'S', 'X', 'U', 'ASCII',
           'IGNORECASE', 'LOCALE', 'MULTILINE', 'DOTALL', 'VERBOSE', 'UNICODE', 'NOFLAG', 'RegexFlag']


@enum.global_enum
class RegexFlag(enum.IntFlag, boundary=enum.KEEP):
    NOFLAG = 0
    ASCII = A = 256       # \w, \d, \s, \b know ASCII only
    IGNORECASE = I = 2
    LOCALE = L = 4
    UNICODE = U = 32
    MULTILINE = M = 8     # ^ and $ match at each line
    DOTALL = S = 16       # . matches a newline too
    VERBOSE = X = 64      # spaces and comments in the pattern
    TEMPLATE = T = 1
    DEBUG = 128
    __str__ = object.__str__
    _numeric_repr_ = hex


def match(pattern, string, flags=0):
    """A Match if the pattern fits at the start of the string, else None."""
    return _compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    """A Match if the pattern fits the whole string, else None."""
    return _compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    """A Match for the first place where the pattern fits, else None."""
    return _compile(pattern, flags).search(string)


def sub(pattern, repl, string, count=0, flags=0):
    """The string with each match, or the first count, replaced by repl: a template or a function of the Match."""
    return _compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    """(what sub() returns, the number of replacements)"""
    return _compile(pattern, flags).subn(repl, string, count)


def split(pattern, string, maxsplit=0, flags=0):
    """The pieces between the matches; what groups caught stands between them."""
    return _compile(pattern, flags).split(string, maxsplit)


def findall(pattern, string, flags=0):
    """A list of all matches: their text, their one group, or the tuple of their groups."""
    return _compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    """An iterator over the Match objects of all matches."""
    return _compile(pattern, flags).finditer(string)


def compile(pattern, flags=0):
    """A Pattern object."""
    return _compile(pattern, flags)


def purge():
    """Forget all compiled patterns."""
    _cache.clear()


def template(pattern, flags=0):
    """Old; does what compile() does."""
    import warnings
    warnings.warn('The re.template() function is deprecated as it is an undocumented feature '
                  'without an obvious purpose. Use re.compile() instead.', DeprecationWarning)
    return _compile(pattern, flags | T)


_special_chars = {i: '\\' + chr(i) for i in b'()[]{}?*+-|^$\\.&~# \t\n\r\v\f'}


def escape(pattern):
    """The pattern that matches this text and nothing else."""
    if isinstance(pattern, str):
        return pattern.translate(_special_chars)
    return str(pattern, 'latin1').translate(_special_chars).encode('latin1')


_MAXCACHE = 512
_cache = {}


def _compile(pattern, flags):
    flags = flags.value if isinstance(flags, RegexFlag) else flags
    key = type(pattern), pattern, flags
    try:
        return _cache[key]
    except KeyError:
        pass
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError('cannot process flags argument with a compiled pattern')
        return pattern
    if not isinstance(pattern, (str, bytes, bytearray, memoryview)):
        raise TypeError('first argument must be string or compiled pattern')
    if flags & T:
        import warnings
        warnings.warn('The re.TEMPLATE/re.T flag is deprecated as it is an undocumented flag '
                      'without an obvious purpose. Don\'t use it.', DeprecationWarning)
    p = _re.compile(pattern, flags)
    if not flags & DEBUG:
        while len(_cache) >= _MAXCACHE:
            try:
                _cache.pop(next(iter(_cache)), None)
            except (StopIteration, RuntimeError):
                break  # another thread was quicker
        _cache[key] = p
    return p


def _pickle(p):
    return _compile, (p.pattern, p.flags)


import copyreg
copyreg.pickle(Pattern, _pickle, _compile)


class Scanner:
    """Splits a string into tokens: lexicon is a list of (pattern, action), tried in turn at each position."""

    def __init__(self, lexicon, flags=0):
        self.lexicon = lexicon
        self._patterns = [(_compile(phrase, flags), action) for phrase, action in lexicon]

    def scan(self, string):
        """(list of what the actions gave, the rest of the string that no pattern fits)"""
        result = []
        i = 0
        while i < len(string):
            for pattern, action in self._patterns:
                m = pattern.match(string, i)
                if m and m.end() > i:
                    break
            else:
                break
            if callable(action):
                self.match = m
                action = action(self, m.group())
            if action is not None:
                result.append(action)
            i = m.end()
        return result, string[i:]
