"""io - streams.  The classes are native (_io); here are their public names and abstract base classes.

Next: os.py.
"""
import _io
import abc
from _io import (DEFAULT_BUFFER_SIZE, BlockingIOError, UnsupportedOperation, open, FileIO, BytesIO, StringIO,
                 BufferedReader, BufferedWriter, BufferedRWPair, BufferedRandom, TextIOWrapper)

__all__ = ['BlockingIOError', 'open', 'open_code', 'IOBase', 'RawIOBase', 'FileIO', 'BytesIO', 'StringIO',
           'BufferedIOBase', 'BufferedReader', 'BufferedWriter', 'BufferedRWPair', 'BufferedRandom', 'TextIOBase',
           'TextIOWrapper', 'UnsupportedOperation', 'SEEK_SET', 'SEEK_CUR', 'SEEK_END', 'text_encoding',
           'DEFAULT_BUFFER_SIZE', 'IncrementalNewlineDecoder']

SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2

UnsupportedOperation.__module__ = 'io'


def __getattr__(name):
    """Names that are rarely asked for, where the native module has them."""
    if name in ('open_code', 'text_encoding', 'IncrementalNewlineDecoder'):
        try:
            return getattr(_io, name)
        except AttributeError:
            if name == 'text_encoding':
                return lambda encoding, stacklevel=2: 'locale' if encoding is None else encoding
            if name == 'open_code':
                return lambda path: open(path, 'rb')
            from _newlines import IncrementalNewlineDecoder
            return IncrementalNewlineDecoder
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')


class IOBase(_io._IOBase, metaclass=abc.ABCMeta):
    """The base of all streams."""


class RawIOBase(_io._RawIOBase, IOBase):
    """Streams of bytes without a buffer."""


class BufferedIOBase(_io._BufferedIOBase, IOBase):
    """Streams of bytes with a buffer."""


class TextIOBase(_io._TextIOBase, IOBase):
    """Streams of text."""


RawIOBase.register(FileIO)
for _class in (BytesIO, BufferedReader, BufferedWriter, BufferedRandom, BufferedRWPair):
    BufferedIOBase.register(_class)
for _class in (StringIO, TextIOWrapper):
    TextIOBase.register(_class)
del _class
