"""_sha512 - the hash SHA-512 (FIPS 180-4), for random.seed() of text.  Slow and plain.  Next: random.py."""
from math import isqrt

_MASK = (1 << 64) - 1


def _primes(n):
    found = []
    candidate = 2
    while len(found) < n:
        if all(candidate % p for p in found):
            found.append(candidate)
        candidate += 1
    return found


def _cube_root(n):
    low, high = 0, 1 << (n.bit_length() // 3 + 1)
    while low < high:
        mid = (low + high + 1) // 2
        if mid ** 3 <= n:
            low = mid
        else:
            high = mid - 1
    return low


# 64 bits of the fractions of the square roots of 8 primes, and of the cube roots of 80.
_H = [isqrt(p << 128) & _MASK for p in _primes(8)]
_K = [_cube_root(p << 192) & _MASK for p in _primes(80)]


def _rotate(x, n):
    return (x >> n | x << (64 - n)) & _MASK


def _compress(state, block):
    w = [int.from_bytes(block[i:i + 8], 'big') for i in range(0, 128, 8)]
    for i in range(16, 80):
        x, y = w[i - 15], w[i - 2]
        s0 = _rotate(x, 1) ^ _rotate(x, 8) ^ x >> 7
        s1 = _rotate(y, 19) ^ _rotate(y, 61) ^ y >> 6
        w.append((w[i - 16] + s0 + w[i - 7] + s1) & _MASK)
    a, b, c, d, e, f, g, h = state
    for i in range(80):
        s1 = _rotate(e, 14) ^ _rotate(e, 18) ^ _rotate(e, 41)
        t1 = h + s1 + (e & f ^ ~e & g) + _K[i] + w[i]
        s0 = _rotate(a, 28) ^ _rotate(a, 34) ^ _rotate(a, 39)
        t2 = s0 + (a & b ^ a & c ^ b & c)
        a, b, c, d, e, f, g, h = (t1 + t2) & _MASK, a, b, c, (d + t1) & _MASK, e, f, g
    return [(x + y) & _MASK for x, y in zip(state, (a, b, c, d, e, f, g, h))]


class sha512:
    """The hash of data; only digest() and hexdigest()."""

    def __init__(self, data=b''):
        padded = bytes(data) + b'\x80'
        padded += bytes(-(len(padded) + 16) % 128) + (8 * len(data)).to_bytes(16, 'big')
        state = _H
        for i in range(0, len(padded), 128):
            state = _compress(state, padded[i:i + 128])
        self._digest = b''.join(x.to_bytes(8, 'big') for x in state)

    def digest(self):
        return self._digest

    def hexdigest(self):
        return self._digest.hex()
