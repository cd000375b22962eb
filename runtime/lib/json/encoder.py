"""json.encoder - objects to JSON text.

Without indent the native encoder (_json.make_encoder) does all; with it, or for iterencode(), the generators below.
Next: decoder.py.
"""
from _json import encode_basestring, encode_basestring_ascii, make_encoder

_float_repr = float.__repr__
_int_repr = int.__repr__
INFINITY = float('inf')


class JSONEncoder:
    """Encodes dict, list, tuple, str, int, float, bool and None; override default() for more."""

    item_separator, key_separator = ', ', ': '

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False,
                 indent=None, separators=None, default=None):
        self.skipkeys, self.sort_keys, self.indent = skipkeys, sort_keys, indent
        self.ensure_ascii, self.check_circular, self.allow_nan = ensure_ascii, check_circular, allow_nan
        if separators is None:
            separators = self.item_separator if indent is None else ',', self.key_separator
        self.item_separator, self.key_separator = separators
        if default:
            self.default = default

    def default(self, o):
        """An object that can be encoded, for one that cannot; or TypeError."""
        raise TypeError(f'Object of type {o.__class__.__name__} is not JSON serializable')

    def encode(self, o):
        """The JSON text of o."""
        if isinstance(o, str):
            return encode_basestring_ascii(o) if self.ensure_ascii else encode_basestring(o)
        return ''.join(self.iterencode(o, _one_shot=True))

    def iterencode(self, o, _one_shot=False):
        """The JSON text of o in pieces."""
        markers = {} if self.check_circular else None
        encode_str = encode_basestring_ascii if self.ensure_ascii else encode_basestring

        def floatstr(o, allow_nan=self.allow_nan):
            if o != o:
                text = 'NaN'
            elif o == INFINITY:
                text = 'Infinity'
            elif o == -INFINITY:
                text = '-Infinity'
            else:
                return _float_repr(o)
            if not allow_nan:
                raise ValueError('Out of range float values are not JSON compliant: ' + repr(o))
            return text

        if _one_shot and self.indent is None:
            encode = make_encoder(markers, self.default, encode_str, self.indent, self.key_separator,
                                  self.item_separator, self.sort_keys, self.skipkeys, self.allow_nan)
        else:
            encode = _make_iterencode(markers, self.default, encode_str, self.indent, floatstr, self.key_separator,
                                      self.item_separator, self.sort_keys, self.skipkeys, _one_shot)
        return encode(o, 0)


def _make_iterencode(markers, default, encode_str, indent, floatstr, key_separator, item_separator, sort_keys,
                     skipkeys, _one_shot):
    """A generator function (o, level) of the pieces of text.  markers: id -> object, of those being encoded."""
    if indent is not None and not isinstance(indent, str):
        indent = ' ' * indent

    def scalar(o):
        """The text of a scalar, or None."""
        if isinstance(o, str):
            return encode_str(o)
        if o is None:
            return 'null'
        if o is True:
            return 'true'
        if o is False:
            return 'false'
        if isinstance(o, int):
            return _int_repr(o)
        if isinstance(o, float):
            return floatstr(o)
        return None

    def enter(o):
        if markers is not None:
            if id(o) in markers:
                raise ValueError('Circular reference detected')
            markers[id(o)] = o

    def leave(o):
        if markers is not None:
            del markers[id(o)]

    def encode_list(lst, level):
        if not lst:
            yield '[]'
            return
        enter(lst)
        opening, separator, closing = brackets('[', ']', level)
        for value in lst:
            text = scalar(value)
            yield opening + text if text is not None else opening
            if text is None:
                yield from encode(value, level + 1)
            opening = separator
        yield closing
        leave(lst)

    def brackets(left, right, level):
        """What comes before the first item, before each other, and after the last."""
        if indent is None:
            return left, item_separator, right
        newline = '\n' + indent * (level + 1)
        return left + newline, item_separator + newline, '\n' + indent * level + right

    def key_text(key):
        if isinstance(key, str):
            return key
        if isinstance(key, float):
            return floatstr(key)
        if key is True:
            return 'true'
        if key is False:
            return 'false'
        if key is None:
            return 'null'
        if isinstance(key, int):
            return _int_repr(key)
        if skipkeys:
            return None
        raise TypeError(f'keys must be str, int, float, bool or None, not {key.__class__.__name__}')

    def encode_dict(dct, level):
        if not dct:
            yield '{}'
            return
        enter(dct)
        opening, separator, closing = brackets('{', '}', level)
        yield opening
        first = True
        for key, value in sorted(dct.items()) if sort_keys else dct.items():
            key = key_text(key)
            if key is None:
                continue
            if not first:
                yield separator
            first = False
            yield encode_str(key)
            yield key_separator
            text = scalar(value)
            if text is not None:
                yield text
            else:
                yield from encode(value, level + 1)
        yield closing
        leave(dct)

    def encode(o, level):
        text = scalar(o)
        if text is not None:
            yield text
        elif isinstance(o, (list, tuple)):
            yield from encode_list(o, level)
        elif isinstance(o, dict):
            yield from encode_dict(o, level)
        else:
            enter(o)
            yield from encode(default(o), level)
            leave(o)

    return encode
