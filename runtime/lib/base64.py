"""base64 - bytes as text: Base16, Base32, Base64 (RFC 4648), Base85 and Ascii85.  Next: the native binascii."""
import binascii

__all__ = ['encode', 'decode', 'encodebytes', 'decodebytes', 'b64encode', 'b64decode', 'b32encode', 'b32decode',
           'b32hexencode', 'b32hexdecode', 'b16encode', 'b16decode', 'b85encode', 'b85decode', 'a85encode',
           'a85decode', 'standard_b64encode', 'standard_b64decode', 'urlsafe_b64encode', 'urlsafe_b64decode']


def _text(s):
    """What is to be decoded, as bytes."""
    if isinstance(s, str):
        if s.isascii():
            return s.encode()
        raise ValueError('string argument should contain only ASCII characters')
    try:
        return s if isinstance(s, (bytes, bytearray)) else bytes(memoryview(s))
    except TypeError:
        raise TypeError(f'argument should be a bytes-like object or ASCII string, not {s.__class__.__name__!r}') from None


def _data(s):
    """What is to be encoded, as bytes."""
    return s if isinstance(s, (bytes, bytearray)) else bytes(memoryview(s))


# ---- Base64: three bytes are four letters ----

_TO_URL, _FROM_URL = bytes.maketrans(b'+/', b'-_'), bytes.maketrans(b'-_', b'+/')


def b64encode(s, altchars=None):
    """Base64 text of s; altchars are two letters to use for + and /."""
    text = binascii.b2a_base64(s, newline=False)
    if altchars is None:
        return text
    assert len(altchars) == 2, repr(altchars)
    return text.translate(bytes.maketrans(b'+/', altchars))


def b64decode(s, altchars=None, validate=False):
    """The bytes of Base64 text; letters that do not belong are skipped unless validate is true."""
    text = _text(s)
    if altchars is not None:
        letters = _text(altchars)
        assert len(letters) == 2, repr(letters)
        text = text.translate(bytes.maketrans(letters, b'+/'))
    return binascii.a2b_base64(text, strict_mode=validate)


def standard_b64encode(s):
    """b64encode() with + and /."""
    return b64encode(s)


def standard_b64decode(s):
    """b64decode() with + and /."""
    return b64decode(s)


def urlsafe_b64encode(s):
    """Base64 with - and _ for + and /."""
    return b64encode(s).translate(_TO_URL)


def urlsafe_b64decode(s):
    """The bytes of such text."""
    return b64decode(_text(s).translate(_FROM_URL))


# ---- Base32: five bytes are eight letters ----

_BASE32, _BASE32_HEX = b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', b'0123456789ABCDEFGHIJKLMNOPQRSTUV'
_LETTERS_OF_BYTES = {0: 0, 1: 2, 2: 4, 3: 5, 4: 7}  # at the end, where there are fewer than five


def _to_base32(s, alphabet):
    data = _data(s)
    rest = len(data) % 5
    text = bytearray()
    for i in range(0, len(data), 5):
        number = int.from_bytes(data[i:i + 5].ljust(5, b'\0'), 'big')
        text += bytes([alphabet[number >> shift & 31] for shift in range(35, -1, -5)])
    if rest:
        padding = 8 - _LETTERS_OF_BYTES[rest]
        text[-padding:] = b'=' * padding
    return bytes(text)


def _from_base32(s, alphabet, casefold, map01=None):
    text = _text(s)
    if len(text) % 8:
        raise binascii.Error('Incorrect padding')
    if map01 is not None:
        one = _text(map01)
        assert len(one) == 1, repr(one)
        text = text.translate(bytes.maketrans(b'01', b'O' + one))
    letters = (text.upper() if casefold else text).rstrip(b'=')
    values = {letter: value for value, letter in enumerate(alphabet)}
    data = bytearray()
    for i in range(0, len(letters), 8):
        number = 0
        for letter in letters[i:i + 8].ljust(8, alphabet[:1]):
            if letter not in values:
                raise binascii.Error('Non-base32 digit found')
            number = number << 5 | values[letter]
        data += number.to_bytes(5, 'big')
    padding = len(text) - len(letters)
    rest = {8 - n: size for size, n in _LETTERS_OF_BYTES.items() if size} | {0: 5}
    if padding not in rest:
        raise binascii.Error('Incorrect padding')
    return bytes(data[:len(data) - 5 + rest[padding]]) if data else b''


def b32encode(s):
    """Base32 text of s."""
    return _to_base32(s, _BASE32)


def b32decode(s, casefold=False, map01=None):
    """The bytes of Base32 text."""
    return _from_base32(s, _BASE32, casefold, map01)


def b32hexencode(s):
    """Base32 text of s, in the alphabet of hexadecimal digits and more."""
    return _to_base32(s, _BASE32_HEX)


def b32hexdecode(s, casefold=False):
    """The bytes of such text."""
    return _from_base32(s, _BASE32_HEX, casefold)


# ---- Base16: a byte is two letters ----

def b16encode(s):
    """Hexadecimal text of s, in capitals."""
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    """The bytes of hexadecimal text."""
    text = _text(s).upper() if casefold else _text(s)
    if text.strip(b'0123456789ABCDEF'):
        raise binascii.Error('Non-base16 digit found')
    return binascii.unhexlify(text)


# ---- Base85: four bytes are five letters ----

_ASCII85 = bytes(range(ord('!'), ord('u') + 1))
_BASE85 = b'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~'
_BEGIN, _END = b'<~', b'~>'


def _to_85(b, alphabet, pad, short_forms):
    """short_forms: {number of four bytes: one letter}"""
    data = _data(b)
    padding = -len(data) % 4
    data = bytes(data) + b'\0' * padding
    parts = []
    for i in range(0, len(data), 4):
        number = int.from_bytes(data[i:i + 4], 'big')
        is_cut = padding and not pad and i + 4 == len(data)
        if number in short_forms and not is_cut:
            parts.append(short_forms[number])
            continue
        letters = bytearray(5)
        for place in range(4, -1, -1):
            number, digit = divmod(number, 85)
            letters[place] = alphabet[digit]
        parts.append(letters[:5 - padding] if is_cut else letters)
    return b''.join(parts)


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    """Ascii85 text of b."""
    text = _to_85(b, _ASCII85, pad, {0: b'z', 0x20202020: b'y'} if foldspaces else {0: b'z'})
    if adobe:
        text = _BEGIN + text
    if wrapcol:
        width = max(2 if adobe else 1, wrapcol)
        lines = [text[i:i + width] for i in range(0, len(text), width)]
        if adobe and len(lines[-1]) + len(_END) > width:
            lines.append(b'')
        text = b'\n'.join(lines)
    return text + _END if adobe else text


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b' \t\n\r\v'):
    """The bytes of Ascii85 text."""
    text = _text(b)
    if adobe:
        if not text.endswith(_END):
            raise ValueError(f'Ascii85 encoded byte sequences must end with {_END!r}')
        text = text[:-2].removeprefix(_BEGIN)
    short_forms = {ord('z'): bytes(4)} | ({ord('y'): b'    '} if foldspaces else {})
    data, digits = [], []
    for letter in text + b'uuuu':
        if letter in short_forms:
            if digits:
                raise ValueError(f'{letter:c} inside Ascii85 5-tuple')
            data.append(short_forms[letter])
        elif ord('!') <= letter <= ord('u'):
            digits.append(letter - ord('!'))
            if len(digits) == 5:
                data.append(_four_bytes(digits, 'Ascii85 overflow'))
                digits = []
        elif letter not in ignorechars:
            raise ValueError(f'Non-Ascii85 digit found: {letter:c}')
    padding = 4 - len(digits)
    return b''.join(data)[:-padding or None]


def _four_bytes(digits, problem):
    number = 0
    for digit in digits:
        number = number * 85 + digit
    if number >> 32:
        raise ValueError(problem)
    return number.to_bytes(4, 'big')


def b85encode(b, pad=False):
    """Base85 text of b, as git writes it."""
    return _to_85(b, _BASE85, pad, {})


def b85decode(b):
    """The bytes of Base85 text."""
    text = _text(b)
    values = {letter: value for value, letter in enumerate(_BASE85)}
    padding = -len(text) % 5
    text = text + b'~' * padding
    data = []
    for i in range(0, len(text), 5):
        for j, letter in enumerate(text[i:i + 5], i):
            if letter not in values:
                raise ValueError(f'bad base85 character at position {j}')
        data.append(_four_bytes([values[letter] for letter in text[i:i + 5]], f'base85 overflow in hunk starting at byte {i}'))
    return b''.join(data)[:-padding or None]


# ---- the older interface: files, and lines of 76 letters ----

MAXLINESIZE = 76
MAXBINSIZE = MAXLINESIZE * 3 // 4  # bytes that make a line


def encode(input, output):
    """Encode a file."""
    while data := input.read(MAXBINSIZE):
        while len(data) < MAXBINSIZE and (more := input.read(MAXBINSIZE - len(data))):
            data += more
        output.write(binascii.b2a_base64(data))


def decode(input, output):
    """Decode a file."""
    while line := input.readline():
        output.write(binascii.a2b_base64(line))


def _check_bytes(s):
    name = s.__class__.__name__
    try:
        view = memoryview(s)
    except TypeError as error:
        raise TypeError(f'expected bytes-like object, not {name}') from error
    if view.format not in ('c', 'b', 'B'):
        raise TypeError(f'expected single byte elements, not {view.format!r} from {name}')
    if view.ndim != 1:
        raise TypeError(f'expected 1-D data, not {view.ndim}-D data from {name}')


def encodebytes(s):
    """Base64 text of s in lines."""
    _check_bytes(s)
    return b''.join(binascii.b2a_base64(s[i:i + MAXBINSIZE]) for i in range(0, len(s), MAXBINSIZE))


def decodebytes(s):
    """The bytes of Base64 text in lines."""
    _check_bytes(s)
    return binascii.a2b_base64(s)
