"""json - JSON text to objects and back (RFC 7159).

The work is done in decoder.py and encoder.py, and the speed comes from the native _json.
Next: decoder.py, encoder.py.
"""
from .decoder import JSONDecodeError, JSONDecoder
from .encoder import JSONEncoder

__all__ = ['dump', 'dumps', 'load', 'loads', 'JSONDecoder', 'JSONDecodeError', 'JSONEncoder']

_plain_encoder, _plain_decoder = JSONEncoder(), JSONDecoder()  # for calls without options


def dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None,
          separators=None, default=None, sort_keys=False, **kw):
    """obj as JSON text."""
    if ensure_ascii and check_circular and allow_nan and not (skipkeys or sort_keys or kw) \
            and cls is indent is separators is default is None:
        return _plain_encoder.encode(obj)
    return (cls or JSONEncoder)(
        skipkeys=skipkeys, ensure_ascii=ensure_ascii, check_circular=check_circular, allow_nan=allow_nan, sort_keys=sort_keys,
        indent=indent, separators=separators, default=default, **kw).encode(obj)


def dump(obj, fp, *, cls=None, **options):
    """Write obj as JSON to the file fp, piece by piece; the options are those of dumps()."""
    encoder = (cls or JSONEncoder)(**options) if cls or options else _plain_encoder
    for piece in encoder.iterencode(obj):
        fp.write(piece)


_MARKS = {b'\xff\xfe\0\0': 'utf-32', b'\0\0\xfe\xff': 'utf-32', b'\xff\xfe': 'utf-16', b'\xfe\xff': 'utf-16',
          b'\xef\xbb\xbf': 'utf-8-sig'}


def detect_encoding(b):
    """The encoding of JSON in bytes: by its byte order mark, or by where zeros stand, as JSON begins with ASCII."""
    for mark, encoding in _MARKS.items():
        if b.startswith(mark):
            return encoding
    is_zero = [byte == 0 for byte in b[:4]]
    if len(b) < 4 and len(b) != 2 or True not in is_zero[:2]:
        return 'utf-8'
    if is_zero[0]:
        return 'utf-32-be' if is_zero[1] and len(b) >= 4 else 'utf-16-be'
    return 'utf-32-le' if len(b) >= 4 and is_zero[2:] == [True, True] else 'utf-16-le'


def loads(s, *, cls=None, **options):
    """The object written as JSON in s, a str, bytes or bytearray; the options, given or None, are those of JSONDecoder."""
    if isinstance(s, (bytes, bytearray)):
        s = s.decode(detect_encoding(s), 'surrogatepass')
    elif not isinstance(s, str):
        raise TypeError(f'the JSON object must be str, bytes or bytearray, not {type(s).__name__}')
    elif s.startswith('\ufeff'):
        raise JSONDecodeError('Unexpected UTF-8 BOM (decode using utf-8-sig)', s, 0)
    if cls is None and not options:
        return _plain_decoder.decode(s)
    given = {name: value for name, value in options.items() if value is not None}
    return (cls or JSONDecoder)(**given).decode(s)


def load(fp, *, cls=None, **options):
    """loads() of what the file fp holds."""
    return loads(fp.read(), cls=cls, **options)
