"""json.decoder - JSON text to objects.  The scanner is native: _json.make_scanner.  Next: encoder.py."""
from _json import make_scanner, scanstring

__all__ = ['JSONDecoder', 'JSONDecodeError']


class JSONDecodeError(ValueError):
    """msg, and where: doc is the text, pos the index in it, lineno and colno count from 1."""

    def __init__(self, msg, doc, pos):
        before = doc[:pos]
        self.msg, self.doc, self.pos = msg, doc, pos
        self.lineno, self.colno = before.count('\n') + 1, pos - before.rfind('\n')
        super().__init__(f'{msg}: line {self.lineno} column {self.colno} (char {pos})')

    def __reduce__(self):
        return type(self), (self.msg, self.doc, self.pos)


class JSONDecoder:
    """Decodes JSON; hooks may change what objects, numbers and constants become."""

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
                 object_pairs_hook=None):
        self.object_hook, self.object_pairs_hook, self.strict = object_hook, object_pairs_hook, strict
        self.parse_int, self.parse_float = parse_int or int, parse_float or float
        self.parse_constant = parse_constant or float  # of 'NaN', 'Infinity', '-Infinity'
        self.parse_string, self.memo = scanstring, {}
        self.scan_once = make_scanner(self)

    def decode(self, s):
        """The object that the text s, all of it, stands for."""
        obj, end = self.raw_decode(s, _skip_blanks(s, 0))
        end = _skip_blanks(s, end)
        if end < len(s):
            raise JSONDecodeError('Extra data', s, end)
        return obj

    def raw_decode(self, s, idx=0):
        """(the object at index idx of s, the index after it)"""
        try:
            return self.scan_once(s, idx)
        except StopIteration as stop:
            raise JSONDecodeError('Expecting value', s, stop.value) from None


def _skip_blanks(text, i):
    while text[i:i + 1] and text[i] in ' \t\n\r':
        i += 1
    return i
