"""uuid - universally unique identifiers (RFC 4122): random ones, and those made of names.

    time_low     time_mid   version|time_hi   variant|clock_seq   node        the fields of the 128 bits, highest first
    32 bits      16         4 | 12            2 | 14              48

uuid3() and uuid5() need hashlib, uuid1() the hardware address: a random one is used in its place.
"""
import os
from enum import Enum
from operator import attrgetter as _attrgetter

__all__ = ['UUID', 'SafeUUID', 'uuid1', 'uuid3', 'uuid4', 'uuid5', 'getnode', 'NAMESPACE_DNS', 'NAMESPACE_URL',
           'NAMESPACE_OID', 'NAMESPACE_X500', 'RESERVED_NCS', 'RFC_4122', 'RESERVED_MICROSOFT', 'RESERVED_FUTURE']

RESERVED_NCS, RFC_4122 = 'reserved for NCS compatibility', 'specified in RFC 4122'
RESERVED_MICROSOFT, RESERVED_FUTURE = 'reserved for Microsoft compatibility', 'reserved for future definition'
_int, _bytes = int, bytes  # UUID has arguments of these names
_FIELD_BITS = 32, 16, 16, 8, 8, 48


class SafeUUID(Enum):
    """Whether the system made sure that no two processes get the same."""

    safe, unsafe, unknown = 0, -1, None


def _from_fields(fields):
    if len(fields) != len(_FIELD_BITS):
        raise ValueError('fields is not a 6-tuple')
    number = 0
    for place, (value, bits) in enumerate(zip(fields, _FIELD_BITS), 1):
        if value < 0 or value >> bits:
            raise ValueError(f'field {place} out of range (need a{"n" if bits == 8 else ""} {bits}-bit value)')
        number = number << bits | value
    return number


def _from_hex(text):
    digits = text.replace('urn:', '').replace('uuid:', '').strip('{}').replace('-', '')
    if len(digits) != 32:
        raise ValueError('badly formed hexadecimal UUID string')
    return _int(digits, 16)


def _swapped(data):
    """The bytes with the first three fields the other way round."""
    return data[3::-1] + data[5:3:-1] + data[7:5:-1] + data[8:]


def _bits(low, n):
    """A property: n bits of the number, from bit low up."""
    return property(lambda self: self.int >> low & (1 << n) - 1)


def _compare(name):
    def method(self, other):
        return getattr(self.int, name)(other.int) if isinstance(other, UUID) else NotImplemented

    method.__name__ = name
    return method


class UUID:
    """128 bits; made of exactly one of hex, bytes, bytes_le, fields, int."""

    __slots__ = 'int', 'is_safe', '__weakref__'

    def __init__(self, hex=None, bytes=None, bytes_le=None, fields=None, int=None, version=None, *,
                 is_safe=SafeUUID.unknown):
        if sum(given is not None for given in (hex, bytes, bytes_le, fields, int)) != 1:
            raise TypeError('one of the hex, bytes, bytes_le, fields, or int arguments must be given')
        if hex is not None:
            int = _from_hex(hex)
        elif fields is not None:
            int = _from_fields(fields)
        elif int is None:
            if len(bytes_le if bytes is None else bytes) != 16:
                raise ValueError(f'bytes{"_le" if bytes is None else ""} is not a 16-char string')
            data = _swapped(bytes_le) if bytes is None else bytes
            assert isinstance(data, _bytes), repr(data)
            int = _int.from_bytes(data, 'big')
        if int < 0 or int >> 128:
            raise ValueError('int is out of range (need a 128-bit value)')
        if version is not None:
            if not 1 <= version <= 5:
                raise ValueError('illegal version number')
            int = int & ~(0xf << 76 | 3 << 62) | version << 76 | 2 << 62
        self.__setstate__({'int': int, 'is_safe': is_safe})

    def __setattr__(self, name, value):
        raise TypeError('UUID objects are immutable')

    def __getstate__(self):
        return {'int': self.int} | ({} if self.is_safe is SafeUUID.unknown else {'is_safe': self.is_safe.value})

    def __setstate__(self, state):
        object.__setattr__(self, 'int', state['int'])
        object.__setattr__(self, 'is_safe', SafeUUID(state.get('is_safe')))

    # forms

    def __str__(self):
        text = self.hex
        return '-'.join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))

    def __repr__(self):
        return f'{type(self).__name__}({str(self)!r})'

    def __int__(self):
        return self.int

    hex = property(lambda self: f'{self.int:032x}')
    urn = property(lambda self: f'urn:uuid:{self}')
    bytes = property(lambda self: self.int.to_bytes(16, 'big'))
    bytes_le = property(lambda self: _swapped(self.bytes))

    # fields

    time_low, time_mid, time_hi_version = _bits(96, 32), _bits(80, 16), _bits(64, 16)
    clock_seq_hi_variant, clock_seq_low, node = _bits(56, 8), _bits(48, 8), _bits(0, 48)
    clock_seq = _bits(48, 14)
    fields = property(_attrgetter('time_low', 'time_mid', 'time_hi_version', 'clock_seq_hi_variant', 'clock_seq_low', 'node'))
    time = property(lambda self: (self.time_hi_version & 0xfff) << 48 | self.time_mid << 32 | self.time_low)

    @property
    def variant(self):
        """Who has laid down what the bits mean."""
        first = self.clock_seq_hi_variant >> 5
        return RESERVED_NCS if first < 4 else RFC_4122 if first < 6 else RESERVED_MICROSOFT if first < 7 else RESERVED_FUTURE

    @property
    def version(self):
        """How it was made, 1 to 5; None if that is not known."""
        return self.int >> 76 & 0xf if self.variant == RFC_4122 else None

    # order

    __eq__, __lt__, __le__, __gt__, __ge__ = map(_compare, ('__eq__', '__lt__', '__le__', '__gt__', '__ge__'))

    def __hash__(self):
        return hash(self.int)


_node = _last_time = None


def getnode():
    """A 48-bit number for this machine: random, with the multicast bit set, as RFC 4122 recommends."""
    global _node
    if _node is None:
        _node = 1 << 40 | _int.from_bytes(os.urandom(6), 'big')
    return _node


def uuid1(node=None, clock_seq=None):
    """A UUID of time, sequence number and node."""
    global _last_time
    from time import time_ns
    now = time_ns() // 100 + 0x01b21dd213814000  # in units of 100 ns, since the Gregorian calendar began in 1582
    if _last_time is not None:
        now = max(now, _last_time + 1)
    _last_time = now
    if clock_seq is None:
        clock_seq = _int.from_bytes(os.urandom(2), 'big')
    clock_seq &= 0x3fff
    return UUID(fields=(now & 0xffffffff, now >> 32 & 0xffff, now >> 48 & 0xfff, clock_seq >> 8, clock_seq & 0xff,
                        getnode() if node is None else node), version=1)


def uuid3(namespace, name):
    """A UUID of the MD5 hash of a namespace and a name."""
    from hashlib import md5
    return UUID(bytes=md5(namespace.bytes + name.encode()).digest(), version=3)


def uuid4():
    """A random UUID."""
    return UUID(bytes=os.urandom(16), version=4)


def uuid5(namespace, name):
    """A UUID of the SHA-1 hash of a namespace and a name."""
    from hashlib import sha1
    return UUID(bytes=sha1(namespace.bytes + name.encode()).digest()[:16], version=5)


NAMESPACE_DNS, NAMESPACE_URL, NAMESPACE_OID, NAMESPACE_X500 = (
    UUID(f'6ba7b81{_digit}-9dad-11d1-80b4-00c04fd430c8') for _digit in (0, 1, 2, 4))
