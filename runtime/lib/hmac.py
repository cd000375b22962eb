"""hmac - message authentication codes from any hash (RFC 2104).

Keeps true: two hash objects hold the work, one over the key and the message (inner), one over the key and the inner
digest (outer); copies make digest() repeatable.
Next: hashlib.py.
"""
from operator import _compare_digest as compare_digest

import hashlib as _hashlib

__all__ = ['HMAC', 'compare_digest', 'digest', 'new']

_INNER, _OUTER = 0x36, 0x5C
digest_size = None


def _constructor(digestmod):
    """What digestmod names: a function, a name of hashlib's, or a module with new()."""
    if callable(digestmod):
        return digestmod
    if isinstance(digestmod, str):
        return lambda data=b'': _hashlib.new(digestmod, data)
    return lambda data=b'': digestmod.new(data)


def _padded(key, make, size):
    """The key as long as a block: a longer one is hashed first."""
    if len(key) > size:
        key = make(key).digest()
    return bytes(key).ljust(size, b'\0')


class HMAC:
    """One authentication code in the making. Like a hash object, with a key."""

    blocksize = 64  # when the hash does not say

    def __init__(self, key, msg=None, digestmod=''):
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError(f'key: expected bytes or bytearray, but got {type(key).__name__!r}')
        if not digestmod:
            raise TypeError("Missing required parameter 'digestmod'.")
        make = _constructor(digestmod)
        self._inner, self._outer = make(), make()
        self.digest_size = self._inner.digest_size
        self.block_size = getattr(self._inner, 'block_size', self.blocksize)
        key = _padded(key, make, self.block_size)
        self._inner.update(bytes(byte ^ _INNER for byte in key))
        self._outer.update(bytes(byte ^ _OUTER for byte in key))
        if msg is not None:
            self.update(msg)

    @property
    def name(self):
        """As hmac-sha256."""
        return f'hmac-{self._inner.name}'

    def update(self, msg):
        """Take in more of the message."""
        self._inner.update(msg)

    def copy(self):
        """Another one that has taken in the same so far."""
        other = type(self).__new__(type(self))
        other.digest_size, other.block_size = self.digest_size, self.block_size
        other._inner, other._outer = self._inner.copy(), self._outer.copy()
        return other

    def _current(self):
        outer = self._outer.copy()
        outer.update(self._inner.digest())
        return outer

    def digest(self):
        """The code as bytes."""
        return self._current().digest()

    def hexdigest(self):
        """The code as hexadecimal text."""
        return self._current().hexdigest()


def new(key, msg=None, digestmod=''):
    """An HMAC object; msg is taken in at once when given."""
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    """The code of one message, at one go."""
    return HMAC(key, msg, digest).digest()
