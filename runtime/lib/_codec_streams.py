"""Text codecs as objects, and streams that encode and decode: the part of codecs that works piece by piece.

Keeps: what is not yet a whole character stays behind, in an incremental decoder's `buffer` or a reader's `bytebuffer`.
Next: codecs.py, which re-exports all of this.
"""
import builtins
import sys


# ---- where bytes may be cut ----

def _whole_utf8(data):
    """How many bytes of data are whole characters, or wrong whatever follows."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte >= 0xc0:
            need = 2 if byte < 0xe0 else 3 if byte < 0xf0 else 4
            if byte > 0xf4 or byte < 0xc2 or need <= back:
                return len(data)
            try:
                data[-back:].decode('utf-8')
            except UnicodeDecodeError as e:
                return len(data) - back if e.reason == 'unexpected end of data' else len(data)
        if byte < 0x80:
            break
    return len(data)


def _whole_utf16(data, byteorder):
    n = len(data) & ~1
    if n and 0xd8 <= data[n - 1 if byteorder == 'little' else n - 2] < 0xdc:
        n -= 2
    return n


_ESCAPE_LENGTHS = {'x': 4, 'u': 6, 'U': 10}


def _whole_escape(data):
    start = data.rfind(b'\\')
    if start < 0 or (len(data[:start + 1]) - len(data[:start + 1].rstrip(b'\\'))) % 2 == 0:
        return len(data)
    tail = data[start:].decode('latin-1')
    if len(tail) == 1 or len(tail) < _ESCAPE_LENGTHS.get(tail[1], 0) or (tail[1] == 'N' and '}' not in tail):
        return start
    return len(data)


_WHOLE = {'utf-8': _whole_utf8,
          'utf-16-le': lambda data: _whole_utf16(data, 'little'), 'utf-16-be': lambda data: _whole_utf16(data, 'big'),
          'utf-32-le': lambda data: len(data) & ~3, 'utf-32-be': lambda data: len(data) & ~3,
          'unicode-escape': _whole_escape, 'raw-unicode-escape': _whole_escape}
_MARKS = {'utf-8-sig': ((b'\xef\xbb\xbf', 'utf-8'),), 'utf-16': ((b'\xff\xfe', 'utf-16-le'), (b'\xfe\xff', 'utf-16-be')),
          'utf-32': ((b'\xff\xfe\0\0', 'utf-32-le'), (b'\0\0\xfe\xff', 'utf-32-be'))}
_UNMARKED = {'utf-8-sig': 'utf-8', 'utf-16': f'utf-16-{sys.byteorder[0]}e', 'utf-32': f'utf-32-{sys.byteorder[0]}e'}


def _find_mark(name, data, final):
    """(encoding behind the byte order mark, its length), or None when data is too short to tell."""
    for mark, encoding in _MARKS[name]:
        if data.startswith(mark):
            return encoding, len(mark)
        if len(data) < len(mark) and mark.startswith(data) and not final:
            return None
    return _UNMARKED[name], 0


def _decode_part(name, data, errors, final):
    """(text, bytes used): all of data when final, else the whole characters."""
    used = len(data) if final or name not in _WHOLE else _WHOLE[name](data)
    return data[:used].decode(name, errors), used


class _Marked:
    """What the decoders of encodings with a byte order mark share: the mark decides on the first bytes."""

    def __init__(self, errors='strict'):
        super().__init__(errors)
        self._found = None

    def _buffer_decode(self, input, errors, final):
        skip = 0
        if self._found is None:
            answer = _find_mark(self._name, input, final)
            if answer is None or (not input and not final):
                return '', 0
            self._found, skip = answer
        text, used = _decode_part(self._found, input[skip:], errors, final)
        return text, used + skip

    def reset(self):
        super().reset()
        self._found = None

    def getstate(self):
        return self.buffer, 0 if self._found is None else 1 + sum(self._found.endswith('be') for _ in (0,))

    def setstate(self, state):
        self.buffer = state[0]
        names = [encoding for _, encoding in _MARKS[self._name]]
        self._found = None if not state[1] else names[min(state[1], len(names)) - 1]


_made = {}


def make_text_codec(name):
    """The CodecInfo of a native encoding."""
    info = _made.get(name)
    if info is None:
        info = _made[name] = _build(name)
    return info


def _build(name):
    import codecs

    def encode(input, errors='strict'):
        if not isinstance(input, str):
            raise TypeError(f"{function}_encode() argument 1 must be str, not {type(input).__name__}")
        return input.encode(name, errors), len(input)

    def decode(input, errors='strict'):
        data = bytes(memoryview(input)) if not isinstance(input, str) or 'escape' not in name else input.encode('latin-1', 'backslashreplace')
        return data.decode(name, errors), len(data)

    function = {'iso8859-1': 'latin_1'}.get(name, name.replace('-', '_'))

    class IncrementalEncoder(codecs.IncrementalEncoder):
        _started = False

        def encode(self, input, final=False):
            if name not in _MARKS:
                return input.encode(name, self.errors)
            encoding = _UNMARKED[name] if self._started else name
            self._started = self._started or bool(input)
            return input.encode(encoding, self.errors) if input else b''

        def reset(self):
            self._started = False

        def getstate(self):
            return 0 if self._started or name not in _MARKS else 2

        def setstate(self, state):
            self._started = not state

    if name in _MARKS:
        class IncrementalDecoder(_Marked, codecs.BufferedIncrementalDecoder):
            _name = name
    else:
        class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
            def _buffer_decode(self, input, errors, final):
                return _decode_part(name, input, errors, final)

    class Writer(StreamWriter):
        def __init__(self, stream, errors='strict'):
            super().__init__(stream, errors)
            self._encoder = IncrementalEncoder(errors)

        def encode(self, input, errors='strict'):
            return self._encoder.encode(input), len(input)

        def reset(self):
            self._encoder.reset()

    class Reader(StreamReader):
        _found = None

        def decode(self, input, errors='strict'):
            if name not in _MARKS:
                return _decode_part(name, input, errors, False)
            skip = 0
            if self._found is None:
                answer = _find_mark(name, input, False)
                if answer is None or not input:
                    return '', 0
                self._found, skip = answer
            text, used = _decode_part(self._found, input[skip:], errors, False)
            return text, used + skip

        def reset(self):
            super().reset()
            self._found = None

    Writer.__name__ = Writer.__qualname__ = 'StreamWriter'
    Reader.__name__ = Reader.__qualname__ = 'StreamReader'
    info = codecs.CodecInfo(encode, decode, Reader, Writer, IncrementalEncoder, IncrementalDecoder, name)
    info.decode_part = lambda data, errors, final: _decode_part(name, data, errors, final)
    return info


# ---- streams ----

class _OnStream:
    """What all of them have of the stream below: whatever they do not know themselves."""

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.stream.close()


class StreamWriter(_OnStream):
    """Encodes what is written, into a stream of bytes."""

    def __init__(self, stream, errors='strict'):
        self.stream, self.errors = stream, errors

    def write(self, object):
        data, _ = self.encode(object, self.errors)
        self.stream.write(data)

    def writelines(self, list):
        self.write(''.join(list))

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        if (offset, whence) == (0, 0):
            self.reset()

    def reset(self):
        pass


class StreamReader(_OnStream):
    """Decodes what is read, out of a stream of bytes."""
    charbuffertype = str

    def __init__(self, stream, errors='strict'):
        self.stream, self.errors = stream, errors
        self.bytebuffer = b''
        self.charbuffer = self.charbuffertype()

    def decode(self, input, errors='strict'):
        raise NotImplementedError

    def _fill(self, size):
        """Decode more into charbuffer; False at the end of the stream."""
        new = self.stream.read() if size < 0 else self.stream.read(size)
        data = self.bytebuffer + new
        text, used = self.decode(data, self.errors)
        self.bytebuffer = data[used:]
        self.charbuffer += text
        return bool(new)

    def read(self, size=-1, chars=-1, firstline=False):
        """Up to `chars` characters, of about `size` bytes; all when both are negative."""
        while chars < 0 or len(self.charbuffer) < chars:
            more = self._fill(size if size >= 0 else -1 if chars < 0 else 72)
            if size >= 0 or chars < 0 or not more:
                break
        n = len(self.charbuffer) if chars < 0 else chars
        result, self.charbuffer = self.charbuffer[:n], self.charbuffer[n:]
        return result

    def readline(self, size=None, keepends=True):
        while True:
            lines = self.charbuffer.splitlines(True)
            if len(lines) > 1 or (lines and lines[0] != lines[0].splitlines()[0] and not lines[0].endswith('\r')):
                break
            if not self._fill(72 if size is None else size):
                lines = self.charbuffer.splitlines(True)
                break
            if size is not None:
                lines = self.charbuffer.splitlines(True)
                break
        line = lines[0] if lines else self.charbuffertype()
        self.charbuffer = self.charbuffer[len(line):]
        return line if keepends or not line else line.splitlines()[0]

    def readlines(self, sizehint=None, keepends=True):
        return self.read().splitlines(keepends)

    def reset(self):
        self.bytebuffer = b''
        self.charbuffer = self.charbuffertype()

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reset()

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line


class StreamReaderWriter(_OnStream):
    """A reader and a writer on one stream."""
    encoding = 'unknown'

    def __init__(self, stream, Reader, Writer, errors='strict'):
        self.stream, self.errors = stream, errors
        self.reader, self.writer = Reader(stream, errors), Writer(stream, errors)

    def reset(self):
        for side in (self.reader, self.writer):
            side.reset()

    def seek(self, offset, whence=0):
        self.stream.seek(offset, whence)
        self.reader.reset()
        if (offset, whence) == (0, 0):
            self.writer.reset()

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.reader)

    def readlines(self, sizehint=None):
        return self.reader.readlines(sizehint)

    def readline(self, size=None):
        return self.reader.readline(size)

    def read(self, size=-1):
        return self.reader.read(size)

    def writelines(self, list):
        return self.writer.writelines(list)

    def write(self, data):
        return self.writer.write(data)


class StreamRecoder(_OnStream):
    """Bytes in one encoding outside, in another in the stream below."""
    data_encoding = file_encoding = 'unknown'

    def __init__(self, stream, encode, decode, Reader, Writer, errors='strict'):
        self.stream, self.encode, self.decode, self.errors = stream, encode, decode, errors
        self.reader, self.writer = Reader(stream, errors), Writer(stream, errors)

    def read(self, size=-1):
        return self.encode(self.reader.read(size), self.errors)[0]

    def readline(self, size=None):
        text = self.reader.readline() if size is None else self.reader.readline(size)
        return self.encode(text, self.errors)[0]

    def readlines(self, sizehint=None):
        return self.encode(self.reader.read(), self.errors)[0].splitlines(keepends=True)

    def __next__(self):
        return self.encode(next(self.reader), self.errors)[0]

    def __iter__(self):
        return self

    def write(self, data):
        return self.writer.write(self.decode(data, self.errors)[0])

    def writelines(self, list):
        return self.write(b''.join(list))

    def seek(self, offset, whence=0):
        for side in (self.reader, self.writer):
            side.seek(offset, whence)

    def reset(self):
        for side in (self.reader, self.writer):
            side.reset()


def open(filename, mode='r', encoding=None, errors='strict', buffering=-1):
    """Open a file of text in that encoding; without one, the plain file. Newlines are not translated."""
    if encoding is not None and 'b' not in mode:
        mode += 'b'
    file = builtins.open(filename, mode, buffering)
    if encoding is None:
        return file
    try:
        import codecs
        info = codecs.lookup(encoding)
        stream = StreamReaderWriter(file, info.streamreader, info.streamwriter, errors)
        stream.encoding = encoding
        return stream
    except BaseException:
        file.close()
        raise


def EncodedFile(file, data_encoding, file_encoding=None, errors='strict'):
    """A wrapper of `file` for bytes in data_encoding, when the file itself is in file_encoding."""
    import codecs
    file_encoding = file_encoding or data_encoding
    data, below = codecs.lookup(data_encoding), codecs.lookup(file_encoding)
    recoder = StreamRecoder(file, data.encode, data.decode, below.streamreader, below.streamwriter, errors)
    recoder.data_encoding, recoder.file_encoding = data_encoding, file_encoding
    return recoder
