"""Codecs that are no text encodings: rot13 from text to text; hex, base64 and the like from bytes to bytes.

Next: codecs.py, whose lookup() asks find().
"""
import codecs


def _rot13(text):
    def turn(c):
        for first in 'aA':
            if first <= c <= chr(ord(first) + 25):
                return chr((ord(c) - ord(first) + 13) % 26 + ord(first))
        return c
    return ''.join(map(turn, text))


def _hex():
    import binascii
    return binascii.b2a_hex, binascii.a2b_hex


def _base64():
    import base64
    return base64.encodebytes, base64.decodebytes


def _zlib():
    import zlib
    return zlib.compress, zlib.decompress


def _bz2():
    import bz2
    return bz2.compress, bz2.decompress


# name: (what gives the two functions, from text?)
_codecs = {'rot13': (lambda: (_rot13, _rot13), True), 'hex': (_hex, False), 'base64': (_base64, False), 'zlib': (_zlib, False),
           'bz2': (_bz2, False)}
_aliases = {'rot_13': 'rot13', 'hex_codec': 'hex', 'base64_codec': 'base64', 'base_64': 'base64', 'zip': 'zlib', 'zlib_codec': 'zlib',
            'bz2_codec': 'bz2'}
_names = {'rot13': 'rot-13'}


def find(name):
    """The CodecInfo for a name in lower case with underscores, or None."""
    name = _aliases.get(name, name)
    if name not in _codecs:
        return None
    maker, from_text = _codecs[name]
    try:
        encoder, decoder = maker()
    except ImportError:
        return None
    return _build(name, encoder, decoder, from_text)


def _build(name, encoder, decoder, from_text):
    def check(errors):
        assert errors == 'strict' or from_text

    def encode(input, errors='strict'):
        check(errors)
        return encoder(input), len(input)

    def decode(input, errors='strict'):
        check(errors)
        return decoder(input), len(input)

    class IncrementalEncoder(codecs.IncrementalEncoder):
        def encode(self, input, final=False):
            return encoder(input)

    class IncrementalDecoder(codecs.IncrementalDecoder):
        def decode(self, input, final=False):
            return decoder(input)

    class Both(codecs.Codec):
        charbuffertype = str if from_text else bytes

        def encode(self, input, errors='strict'):
            return encode(input, errors)

        def decode(self, input, errors='strict'):
            return decode(input, errors)

    class StreamWriter(Both, codecs.StreamWriter):
        pass

    class StreamReader(Both, codecs.StreamReader):
        pass

    return codecs.CodecInfo(encode, decode, StreamReader, StreamWriter, IncrementalEncoder, IncrementalDecoder, _names.get(name, name),
                            _is_text_encoding=False)
