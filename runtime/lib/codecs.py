"""codecs - encodings by name, and what works piece by piece: incremental encoders and decoders, streams.

Text encodings are native (runtime/types/str_codec.c); here are their names, the codecs from bytes to bytes and from text to text, the
registry for a script's own codecs and error handlers, and the classes.
Keeps: an incremental decoder gives the same text however its input was cut up, as it holds back what is not complete yet.
Next: _codec_streams.py (StreamReader, StreamWriter, open ...), io.py.
"""
import builtins as _builtins
import sys as _sys
from _string import codec_name as _codec_name

__all__ = ['register', 'lookup', 'open', 'EncodedFile', 'BOM', 'BOM_BE', 'BOM_LE', 'BOM32_BE', 'BOM32_LE', 'BOM64_BE', 'BOM64_LE',
           'BOM_UTF8', 'BOM_UTF16', 'BOM_UTF16_LE', 'BOM_UTF16_BE', 'BOM_UTF32', 'BOM_UTF32_LE', 'BOM_UTF32_BE', 'CodecInfo', 'Codec',
           'IncrementalEncoder', 'IncrementalDecoder', 'StreamReader', 'StreamWriter', 'StreamReaderWriter', 'StreamRecoder',
           'getencoder', 'getdecoder', 'getincrementalencoder', 'getincrementaldecoder', 'getreader', 'getwriter', 'encode', 'decode',
           'iterencode', 'iterdecode', 'strict_errors', 'ignore_errors', 'replace_errors', 'xmlcharrefreplace_errors',
           'backslashreplace_errors', 'namereplace_errors', 'register_error', 'lookup_error']

BOM_UTF8 = b'\xef\xbb\xbf'
BOM_LE = BOM_UTF16_LE = b'\xff\xfe'
BOM_BE = BOM_UTF16_BE = b'\xfe\xff'
BOM_UTF32_LE = b'\xff\xfe\0\0'
BOM_UTF32_BE = b'\0\0\xfe\xff'
BOM = BOM_UTF16 = BOM_UTF16_LE if _sys.byteorder == 'little' else BOM_UTF16_BE
BOM_UTF32 = BOM_UTF32_LE if _sys.byteorder == 'little' else BOM_UTF32_BE
BOM32_LE, BOM32_BE, BOM64_LE, BOM64_BE = BOM_UTF16_LE, BOM_UTF16_BE, BOM_UTF32_LE, BOM_UTF32_BE


# ---- what a codec is made of ----

class CodecInfo(tuple):
    """What lookup() gives: the tuple (encode, decode, streamreader, streamwriter), with more by name."""
    _is_text_encoding = True

    def __new__(cls, encode, decode, streamreader=None, streamwriter=None, incrementalencoder=None, incrementaldecoder=None,
                name=None, *, _is_text_encoding=None):
        self = tuple.__new__(cls, (encode, decode, streamreader, streamwriter))
        self.name = name
        self.encode, self.decode = encode, decode
        self.incrementalencoder, self.incrementaldecoder = incrementalencoder, incrementaldecoder
        self.streamwriter, self.streamreader = streamwriter, streamreader
        if _is_text_encoding is not None:
            self._is_text_encoding = _is_text_encoding
        return self

    def __repr__(self):
        return f'<{self.__class__.__module__}.{self.__class__.__qualname__} object for encoding {self.name} at {id(self):#x}>'


class Codec:
    """The interface of a codec without state: both methods give (result, how much was used)."""

    def encode(self, input, errors='strict'):
        raise NotImplementedError

    def decode(self, input, errors='strict'):
        raise NotImplementedError


class IncrementalEncoder:
    """Encodes in pieces; `final` with the last."""

    def __init__(self, errors='strict'):
        self.errors = errors
        self.buffer = ''

    def encode(self, input, final=False):
        raise NotImplementedError

    def reset(self):
        pass

    def getstate(self):
        return 0

    def setstate(self, state):
        pass


class BufferedIncrementalEncoder(IncrementalEncoder):
    """An incremental encoder on _buffer_encode(input, errors, final), which may leave some of its input for later."""

    def __init__(self, errors='strict'):
        super().__init__(errors)
        self.buffer = ''

    def _buffer_encode(self, input, errors, final):
        raise NotImplementedError

    def encode(self, input, final=False):
        data = self.buffer + input
        result, used = self._buffer_encode(data, self.errors, final)
        self.buffer = data[used:]
        return result

    def reset(self):
        super().reset()
        self.buffer = ''

    def getstate(self):
        return self.buffer or 0

    def setstate(self, state):
        self.buffer = state or ''


class IncrementalDecoder:
    """Decodes in pieces; `final` with the last."""

    def __init__(self, errors='strict'):
        self.errors = errors

    def decode(self, input, final=False):
        raise NotImplementedError

    def reset(self):
        pass

    def getstate(self):
        return b'', 0

    def setstate(self, state):
        pass


class BufferedIncrementalDecoder(IncrementalDecoder):
    """An incremental decoder on _buffer_decode(input, errors, final), which may leave some of its input for later."""

    def __init__(self, errors='strict'):
        super().__init__(errors)
        self.buffer = b''

    def _buffer_decode(self, input, errors, final):
        raise NotImplementedError

    def decode(self, input, final=False):
        data = self.buffer + input
        result, used = self._buffer_decode(data, self.errors, final)
        self.buffer = data[used:]
        return result

    def reset(self):
        super().reset()
        self.buffer = b''

    def getstate(self):
        return self.buffer, 0

    def setstate(self, state):
        self.buffer = state[0]


from _codec_streams import (EncodedFile, StreamReader, StreamReaderWriter, StreamRecoder, StreamWriter,  # noqa: E402
                            make_text_codec, open)


# ---- the registry ----

_searches = []      # functions of a script's own: name -> CodecInfo or None
_known = {}         # what lookup() has found
_byte_codecs = None


def register(search_function):
    """Ask search_function(name) for codecs that are not known otherwise."""
    if not callable(search_function):
        raise TypeError('argument must be callable')
    _searches.append(search_function)


def unregister(search_function):
    """Take back what register() did."""
    if search_function in _searches:
        _searches.remove(search_function)
        _known.clear()


def _normalize(encoding):
    return encoding.lower().replace(' ', '_')


def _builtin_codec(encoding):
    name = _codec_name(encoding)
    if name is not None:
        return make_text_codec(name)
    global _byte_codecs
    if _byte_codecs is None:
        import _byte_codecs
    return _byte_codecs.find(_normalize(encoding).replace('-', '_'))


def lookup(encoding):
    """The CodecInfo for a name."""
    if not isinstance(encoding, str):
        raise TypeError(f'lookup() argument must be str, not {type(encoding).__name__}')
    if '\0' in encoding:
        raise ValueError('embedded null character')
    key = _normalize(encoding)
    if key in _known:
        return _known[key]
    found = _builtin_codec(encoding)
    for search in _searches if found is None else ():
        found = search(key)
        if found is None:
            continue
        if not isinstance(found, tuple) or len(found) != 4:
            raise TypeError('codec search functions must return 4-tuples')
        break
    if found is None:
        raise LookupError(f'unknown encoding: {encoding}')
    _known[key] = found
    return found


def _lookup_text(encoding, function):
    """For str.encode() and bytes.decode(), which want text encodings: called by native code for names that it does not know."""
    info = lookup(encoding)
    if not getattr(info, '_is_text_encoding', True):
        raise LookupError(f"'{encoding}' is not a text encoding; use {function} to handle arbitrary codecs")
    return info


def _encode_text(text, encoding, errors):
    result = _run('encoding', encoding, _lookup_text(encoding, 'codecs.encode()')[0], text, errors)
    if not isinstance(result, (bytes, bytearray)):
        raise TypeError(f"'{encoding}' encoder returned '{type(result).__name__}' instead of 'bytes'; "
                        'use codecs.encode() to encode to arbitrary types')
    return bytes(result)


def _decode_text(data, encoding, errors):
    result = _run('decoding', encoding, _lookup_text(encoding, 'codecs.decode()')[1], data, errors)
    if not isinstance(result, str):
        raise TypeError(f"'{encoding}' decoder returned '{type(result).__name__}' instead of 'str'; "
                        'use codecs.decode() to decode to arbitrary types')
    return result


def _run(doing, encoding, function, obj, errors):
    try:
        result = function(obj, errors)
    except Exception as e:
        # The name of the codec goes into the message, where an exception of that type takes nothing but a message.
        plain = type(e).__init__ in (Exception.__init__, ValueError.__init__) and len(e.args) == 1 and isinstance(e.args[0], str)
        if not plain or isinstance(e, (UnicodeError, OSError, KeyError)) or vars(e):
            raise
        raise type(e)(f"{doing} with '{encoding}' codec failed ({type(e).__name__}: {e})") from e
    if not isinstance(result, tuple) or len(result) != 2:
        raise TypeError(f"{'encoder' if doing == 'encoding' else 'decoder'} must return a tuple (object, integer)")
    return result[0]


def encode(obj, encoding='utf-8', errors='strict'):
    """obj by the encoder of that name: of text, or whatever that codec takes."""
    return _run('encoding', encoding, lookup(encoding)[0], obj, errors)


def decode(obj, encoding='utf-8', errors='strict'):
    """obj by the decoder of that name."""
    return _run('decoding', encoding, lookup(encoding)[1], obj, errors)


encode.__module__ = decode.__module__ = '_codecs'  # as CPython's say; pickles name it


def getencoder(encoding):
    return lookup(encoding).encode


def getdecoder(encoding):
    return lookup(encoding).decode


def getincrementalencoder(encoding):
    found = lookup(encoding).incrementalencoder
    if found is None:
        raise LookupError(encoding)
    return found


def getincrementaldecoder(encoding):
    found = lookup(encoding).incrementaldecoder
    if found is None:
        raise LookupError(encoding)
    return found


def getreader(encoding):
    return lookup(encoding).streamreader


def getwriter(encoding):
    return lookup(encoding).streamwriter


def iterencode(iterator, encoding, errors='strict', **kwargs):
    """Encode what an iterator gives, piece by piece."""
    encoder = getincrementalencoder(encoding)(errors, **kwargs)
    for piece in iterator:
        output = encoder.encode(piece)
        if output:
            yield output
    output = encoder.encode('', True)
    if output:
        yield output


def iterdecode(iterator, encoding, errors='strict', **kwargs):
    """Decode what an iterator gives, piece by piece."""
    decoder = getincrementaldecoder(encoding)(errors, **kwargs)
    for piece in iterator:
        output = decoder.decode(piece)
        if output:
            yield output
    output = decoder.decode(b'', True)
    if output:
        yield output


# ---- error handlers: exception -> (what stands for the bad piece, where to go on) ----

def _refuse(e):
    raise TypeError(f"don't know how to handle {type(e).__name__} in error callback")


def strict_errors(e):
    """Raise the exception."""
    if isinstance(e, BaseException):
        raise e
    raise TypeError('codec must pass exception instance')


def ignore_errors(e):
    """Leave the bad piece out."""
    return ('', e.end) if isinstance(e, UnicodeError) else _refuse(e)


def replace_errors(e):
    """A question mark, or U+FFFD when decoding."""
    if isinstance(e, UnicodeEncodeError):
        return '?' * (e.end - e.start), e.end
    if isinstance(e, UnicodeDecodeError):
        return '\ufffd', e.end
    if isinstance(e, UnicodeTranslateError):
        return '\ufffd' * (e.end - e.start), e.end
    _refuse(e)


def xmlcharrefreplace_errors(e):
    """&#number; for each character."""
    if not isinstance(e, UnicodeEncodeError):
        _refuse(e)
    return ''.join(f'&#{ord(c)};' for c in e.object[e.start:e.end]), e.end


def _escape(c):
    n = ord(c)
    return f'\\x{n:02x}' if n < 0x100 else f'\\u{n:04x}' if n < 0x10000 else f'\\U{n:08x}'


def backslashreplace_errors(e):
    """An escape for each character or byte."""
    if isinstance(e, UnicodeDecodeError):
        return ''.join(f'\\x{b:02x}' for b in e.object[e.start:e.end]), e.end
    if not isinstance(e, (UnicodeEncodeError, UnicodeTranslateError)):
        _refuse(e)
    return ''.join(map(_escape, e.object[e.start:e.end])), e.end


def namereplace_errors(e):
    r"""\N{name} for each character."""
    if not isinstance(e, UnicodeEncodeError):
        _refuse(e)
    import unicodedata
    names = ((c, unicodedata.name(c, None)) for c in e.object[e.start:e.end])
    return ''.join('\\N{%s}' % name if name else _escape(c) for c, name in names), e.end


def _native_handler(name):
    """surrogateescape and surrogatepass as functions: the native code does the work."""
    def handle(e):
        if isinstance(e, UnicodeEncodeError):
            return e.object[e.start:e.end].encode(e.encoding, name), e.end
        if isinstance(e, UnicodeDecodeError):
            return e.object[e.start:e.end].decode(e.encoding, name), e.end
        _refuse(e)
    return handle


_handlers = {'strict': strict_errors, 'ignore': ignore_errors, 'replace': replace_errors,
             'xmlcharrefreplace': xmlcharrefreplace_errors, 'backslashreplace': backslashreplace_errors,
             'namereplace': namereplace_errors, 'surrogateescape': _native_handler('surrogateescape'),
             'surrogatepass': _native_handler('surrogatepass')}


def register_error(errors, handler):
    """From now on, errors=`errors` calls handler(exception)."""
    if not isinstance(errors, str):
        raise TypeError(f'register_error() argument 1 must be str, not {type(errors).__name__}')
    if not callable(handler):
        raise TypeError('handler must be callable')
    _handlers[errors] = handler


def lookup_error(name):
    """The error handler of that name."""
    try:
        return _handlers[name]
    except KeyError:
        raise LookupError(f"unknown error handler name '{name}'") from None


def _handle(name, e):
    """What native code asks for a handler that it does not know: (replacement, position in e.object)."""
    answer = lookup_error(name)(e)
    if not isinstance(answer, tuple) or len(answer) != 2 or not isinstance(answer[1], int):
        kind = 'decoding' if isinstance(e, UnicodeDecodeError) else 'encoding'
        what = 'str' if kind == 'decoding' else '(str/bytes)'
        raise TypeError(f'{kind} error handler must return ({what}, int) tuple' if kind == 'decoding' else
                        'encoding error handler must return (str/bytes, int) tuple')
    replacement, position = answer
    if not isinstance(replacement, str) and not (isinstance(replacement, bytes) and isinstance(e, UnicodeEncodeError)):
        raise TypeError('decoding error handler must return (str, int) tuple' if isinstance(e, UnicodeDecodeError) else
                        'encoding error handler must return (str/bytes, int) tuple')
    end = len(e.object)
    at = position + end if position < 0 else position
    if not 0 <= at <= end:
        raise IndexError(f'position {position} from error handler out of bounds')
    if isinstance(replacement, str) and isinstance(e, UnicodeEncodeError):
        try:
            replacement = replacement.encode(e.encoding)
        except UnicodeEncodeError:
            raise e from None
    return replacement, at


# ---- the native encodings as functions ----

def _make_functions(name, encoding):
    def encoder(string, errors=None):
        return string.encode(encoding, errors or 'strict'), len(string)

    def decoder(data, errors=None, final=False):
        return make_text_codec(encoding).decode_part(bytes(data), errors or 'strict', final)

    encoder.__name__, decoder.__name__ = name + '_encode', name + '_decode'
    return encoder, decoder


utf_8_encode, utf_8_decode = _make_functions('utf_8', 'utf-8')
utf_16_le_encode, utf_16_le_decode = _make_functions('utf_16_le', 'utf-16-le')
utf_16_be_encode, utf_16_be_decode = _make_functions('utf_16_be', 'utf-16-be')
latin_1_encode, latin_1_decode = _make_functions('latin_1', 'latin-1')
ascii_encode, ascii_decode = _make_functions('ascii', 'ascii')
unicode_escape_encode, unicode_escape_decode = _make_functions('unicode_escape', 'unicode-escape')


def escape_encode(data, errors=None):
    """Bytes as they stand between the quotes of a literal."""
    return repr(bytes(data) + b'"')[2:-2].encode('ascii'), len(data)


_SIMPLE_ESCAPES = {'\\': '\\', "'": "'", '"': '"', 'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '\n': ''}


def escape_decode(data, errors=None):
    r"""The bytes that a literal's text stands for: b'\\n' is one newline."""
    import re
    text = (data.encode('utf-8') if isinstance(data, str) else bytes(data)).decode('latin-1')

    def unescape(match):
        escape = match[1]
        if escape == '':
            raise ValueError('Trailing \\ in string')
        if escape[0] == 'x':
            if len(escape) == 3:
                return chr(int(escape[1:], 16))
            if errors in (None, 'strict'):
                raise ValueError(f'invalid \\x escape at position {match.start()}')
            if errors not in ('ignore', 'replace'):
                raise ValueError(f'decoding error; unknown error handling code: {errors}')
            return '?' if errors == 'replace' else ''
        if escape[0] in '01234567':
            return chr(int(escape, 8) & 255)
        return _SIMPLE_ESCAPES.get(escape, '\\' + escape)

    return re.sub(r'(?s)\\([0-7]{1,3}|x[0-9a-fA-F]{0,2}|.|$)', unescape, text).encode('latin-1'), len(data)


def make_identity_dict(numbers):
    return {i: i for i in numbers}


def make_encoding_map(decoding_map):
    """The reverse of a decoding map; values that occur twice cannot be encoded."""
    result = {}
    for key, value in decoding_map.items():
        result[value] = key if value not in result else None
    return result


def charmap_build(table):
    return {ord(c): i for i, c in enumerate(table) if c != '\ufffe'}


def charmap_decode(data, errors='strict', mapping=None):
    """Decode by a table: a string, or a dict from byte to str or number."""
    out = []
    for i, byte in enumerate(bytes(data)):
        try:
            c = chr(byte) if mapping is None else mapping[byte]
        except LookupError:
            c = None
        if isinstance(c, int):
            c = chr(c)
        if c is None or c == '\ufffe':
            e = UnicodeDecodeError('charmap', bytes(data), i, i + 1, 'character maps to <undefined>')
            c, _ = _handle(errors, e)
        out.append(c)
    return ''.join(out), len(data)


def charmap_encode(string, errors='strict', mapping=None):
    """Encode by a dict from code point to byte number or bytes."""
    out = bytearray()
    for i, c in enumerate(string):
        code = ord(c) if mapping is None else mapping.get(ord(c))
        if code is None or (mapping is None and code > 255):
            e = UnicodeEncodeError('charmap', string, i, i + 1, 'character maps to <undefined>')
            replacement = lookup_error(errors)(e)[0]
            out += replacement if isinstance(replacement, bytes) else charmap_encode(replacement, 'strict', mapping)[0]
        elif isinstance(code, int):
            out.append(code)
        elif isinstance(code, bytes):
            out += code
        else:
            raise TypeError(f'character mapping must return integer, bytes or None, not {type(code).__name__}')
    return bytes(out), len(string)
