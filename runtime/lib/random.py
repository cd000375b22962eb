"""random - pseudo-random numbers and distributions over the native Mersenne Twister (_random.Random).

Keeps: the same seed gives the same numbers as in CPython, method by method. So the order of draws and of float operations in
each distribution is fixed; the names in brackets say whose method it is.
Next: secrets.py (for passwords use that), statistics.py.
"""
import _random
import os as _os
from bisect import bisect as _bisect
from itertools import accumulate as _accumulate
from math import (acos as _acos, ceil as _ceil, cos as _cos, e as _e, exp as _exp, floor as _floor, isfinite as _isfinite,
                  log as _log, pi as _pi, sin as _sin, sqrt as _sqrt, tau as TWOPI)
from operator import index as _index
from os import urandom as _urandom

__all__ = ['Random', 'SystemRandom', 'betavariate', 'choice', 'choices', 'expovariate', 'gammavariate', 'gauss',
           'getrandbits', 'getstate', 'lognormvariate', 'normalvariate', 'paretovariate', 'randbytes', 'randint',
           'random', 'randrange', 'sample', 'seed', 'setstate', 'shuffle', 'triangular', 'uniform',
           'vonmisesvariate', 'weibullvariate']

BPF = 53  # bits in a float
NV_MAGICCONST = 4 * _exp(-0.5) / _sqrt(2.0)
LOG4, SG_MAGICCONST = _log(4.0), 1.0 + _log(4.5)
_FLOATS = 1 << BPF  # how many different numbers random() gives
_NOT_GIVEN = 1      # a step of which one can tell whether it was passed


class Random(_random.Random):
    """A generator of its own; the functions of this module are the methods of a hidden one."""

    VERSION = 3  # of the state

    def __init__(self, x=None):
        self.seed(x)

    def seed(self, a=None, version=2):
        """Start afresh, from None (the system), an int, float, str, bytes or bytearray."""
        if a is not None and not isinstance(a, (int, float, str, bytes, bytearray)):
            raise TypeError('The only supported seed types are: None,\nint, float, str, bytes, and bytearray.')
        if version == 1 and isinstance(a, (str, bytes)):
            a = _old_hash(a)
        elif version == 2 and isinstance(a, (str, bytes, bytearray)):
            text = a.encode() if isinstance(a, str) else a
            a = int.from_bytes(text + _sha512(text), 'big')
        super().seed(a)
        self.gauss_next = None  # the second number of a pair that gauss() made

    # state

    def getstate(self):
        """The state, for setstate()."""
        return self.VERSION, super().getstate(), self.gauss_next

    def setstate(self, state):
        """Go back to a state from getstate()."""
        if state[0] not in (2, 3):
            raise ValueError(f'state with version {state[0]} passed to Random.setstate() of version {self.VERSION}')
        version, words, self.gauss_next = state
        if version == 2:  # its words may be negative
            try:
                words = tuple(word % (1 << 32) for word in words)
            except ValueError as error:
                raise TypeError from error
        super().setstate(words)

    def __reduce__(self):
        return type(self), (), self.getstate()

    def __setstate__(self, state):
        self.setstate(state)

    def __getstate__(self):
        return self.getstate()

    # whole numbers

    def __init_subclass__(cls, /, **kwargs):
        """Of what a subclass defines, the nearest decides: by random() or by getrandbits() integers are drawn."""
        makers = {'_randbelow': None, 'getrandbits': Random._randbelow_with_getrandbits, 'random': Random._randbelow_without_getrandbits}
        for base in cls.__mro__:
            for name, make in makers.items():
                if name in vars(base):
                    if make:
                        cls._randbelow = make
                    return

    def _randbelow_with_getrandbits(self, n):
        """An int in range(n), 0 for 0: bits are drawn until they fit."""
        if not n:
            return 0
        draw, bits = self.getrandbits, n.bit_length()
        while (number := draw(bits)) >= n:
            pass
        return number

    _randbelow = _randbelow_with_getrandbits

    def _randbelow_without_getrandbits(self, n, maxsize=_FLOATS):
        draw = self.random
        if n >= maxsize:
            from warnings import warn
            warn('Underlying random() generator does not supply \nenough bits to choose from a population '
                 'range this large.\nTo remove the range limitation, add a getrandbits() method.')
            return _floor(draw() * n)
        fair = (maxsize - maxsize % n) / maxsize  # above it, small numbers would come too often
        while (number := draw()) >= fair:
            pass
        return _floor(number * maxsize) % n

    def randbytes(self, n):
        """n random bytes."""
        bits = self.getrandbits(8 * n)
        return bits.to_bytes(n, 'little')

    def randrange(self, start, stop=None, step=_NOT_GIVEN):
        """A random item of range(start, stop[, step])."""
        first = _whole(start, 'arg 1')
        if stop is None:
            if step is not _NOT_GIVEN:
                raise TypeError('Missing a non-None stop argument')
            if first <= 0:
                raise ValueError('empty range for randrange()')
            return self._randbelow(first)
        end, stride = _whole(stop, 'stop'), _whole(step, 'step')
        width = end - first
        if stride == 1:
            if width <= 0:
                raise ValueError(f'empty range for randrange() ({first}, {end}, {width})')
            return first + self._randbelow(width)
        if stride == 0:
            raise ValueError('zero step for randrange()')
        count = -(-width // stride)
        if count <= 0:
            raise ValueError('empty range for randrange()')
        return first + stride * self._randbelow(count)

    def randint(self, a, b):
        """A random int from a to b, both included."""
        return self.randrange(a, b + 1)

    # items

    def choice(self, seq):
        """A random item of a sequence that is not empty."""
        n = len(seq)
        if n == 0:
            raise IndexError('Cannot choose from an empty sequence')
        return seq[self._randbelow(n)]

    def shuffle(self, x):
        """Shuffle a list in place."""
        below = self._randbelow
        for last in range(len(x) - 1, 0, -1):
            other = below(last + 1)
            x[last], x[other] = x[other], x[last]

    def sample(self, population, k, *, counts=None):
        """k different items of a sequence; counts tells how often each of them stands in it."""
        from _collections_abc import Sequence
        if not isinstance(population, Sequence):
            raise TypeError('Population must be a sequence.  For dicts or sets, use sorted(d).')
        if counts is not None:
            ends = _ends_of(counts, len(population))
            return [population[_bisect(ends, place)] for place in self.sample(range(ends[-1]), k)]
        n = len(population)
        if not 0 <= k <= n:
            raise ValueError('Sample larger than population or is negative')
        room_of_set = 21 + (4 ** _ceil(_log(k * 3, 4)) if k > 5 else 0)
        return self._sample_of_list(list(population), k) if n <= room_of_set else self._sample_of_many(population, k)

    def _sample_of_list(self, pool, k):
        """The item drawn is replaced by the last one left."""
        below, drawn = self._randbelow, []
        for left in range(len(pool), len(pool) - k, -1):
            place = below(left)
            drawn.append(pool[place])
            pool[place] = pool[left - 1]
        return drawn

    def _sample_of_many(self, population, k):
        """Places are drawn, those again that were drawn before."""
        below, n, places = self._randbelow, len(population), {}
        while len(places) < k:
            places[below(n)] = None
        return [population[place] for place in places]

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        """k items of population, the same maybe more than once, by weight."""
        draw, n = self.random, len(population)
        if weights is None and cum_weights is None:
            n = float(n)
            return [population[_floor(draw() * n)] for _ in range(k)]
        if cum_weights is None:
            try:
                cum_weights = list(_accumulate(weights))
            except TypeError:
                if isinstance(weights, int):
                    raise TypeError(f'The number of choices must be a keyword argument: k={weights}') from None
                raise
        elif weights is not None:
            raise TypeError('Cannot specify both weights and cumulative weights')
        if n != len(cum_weights):
            raise ValueError('The number of weights does not match the population')
        total = float(cum_weights[-1])
        if total <= 0.0:
            raise ValueError('Total of weights must be greater than zero')
        if not _isfinite(total):
            raise ValueError('Total of weights must be finite')
        last = n - 1
        return [population[_bisect(cum_weights, draw() * total, 0, last)] for _ in range(k)]

    # distributions of floats

    def uniform(self, a, b):
        """A float from a to b."""
        return a + (b - a) * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        """From low to high, most often near mode."""
        drawn = self.random()
        if mode is None:
            middle = 0.5
        elif high == low:
            return low
        else:
            middle = (mode - low) / (high - low)
        if drawn > middle:
            drawn, middle, low, high = 1.0 - drawn, 1.0 - middle, high, low
        return low + (high - low) * _sqrt(drawn * middle)

    def normalvariate(self, mu=0.0, sigma=1.0):
        """The normal distribution (Kinderman and Monahan)."""
        draw = self.random
        while True:
            first, second = draw(), 1.0 - draw()
            z = NV_MAGICCONST * (first - 0.5) / second
            if z * z / 4.0 <= -_log(second):
                return mu + z * sigma

    def gauss(self, mu=0.0, sigma=1.0):
        """The normal distribution, two numbers at a time (Box and Muller): the second is kept for the next call."""
        z, self.gauss_next = self.gauss_next, None
        if z is None:
            angle = self.random() * TWOPI
            radius = _sqrt(-2.0 * _log(1.0 - self.random()))
            z, self.gauss_next = _cos(angle) * radius, _sin(angle) * radius
        return mu + z * sigma

    def lognormvariate(self, mu, sigma):
        """A number whose logarithm is normally distributed."""
        return _exp(self.normalvariate(mu, sigma))

    def expovariate(self, lambd):
        """The exponential distribution, with mean 1 / lambd."""
        return -_log(1.0 - self.random()) / lambd

    def vonmisesvariate(self, mu, kappa):
        """An angle around mu, the nearer the larger kappa is (Best and Fisher)."""
        draw = self.random
        if kappa <= 1e-6:
            return TWOPI * draw()
        half = 0.5 / kappa
        r = half + _sqrt(1.0 + half * half)
        while True:
            z = _cos(_pi * draw())
            d = z / (r + z)
            limit = draw()
            if limit < 1.0 - d * d or limit <= (1.0 - d) * _exp(d):
                break
        q = 1.0 / r
        turn = _acos((q + z) / (1.0 + q * z))
        return (mu + turn if draw() > 0.5 else mu - turn) % TWOPI

    def gammavariate(self, alpha, beta):
        """The gamma distribution, with mean alpha * beta."""
        if not (alpha > 0.0 and beta > 0.0):
            raise ValueError('gammavariate: alpha and beta must be > 0.0')
        if alpha == 1.0:
            return -_log(1.0 - self.random()) * beta
        return (self._gamma_above_1(alpha) if alpha > 1.0 else self._gamma_below_1(alpha)) * beta

    def _gamma_above_1(self, alpha):
        """(Cheng)"""
        draw, spread = self.random, _sqrt(2.0 * alpha - 1.0)
        b, c = alpha - LOG4, alpha + spread
        while True:
            first = draw()
            if not 1e-7 < first < 0.9999999:
                continue
            second = 1.0 - draw()
            v = _log(first / (1.0 - first)) / spread
            x = alpha * _exp(v)
            z = first * first * second
            r = b + c * v - x
            if r + SG_MAGICCONST - 4.5 * z >= 0.0 or r >= _log(z):
                return x

    def _gamma_below_1(self, alpha):
        """(Ahrens and Dieter)"""
        draw, b = self.random, (_e + alpha) / _e
        while True:
            p = b * draw()
            if p <= 1.0:
                x = p ** (1.0 / alpha)
                if draw() <= _exp(-x):
                    return x
            else:
                x = -_log((b - p) / alpha)
                if draw() <= x ** (alpha - 1.0):
                    return x

    def betavariate(self, alpha, beta):
        """The beta distribution, from 0 to 1."""
        part = self.gammavariate(alpha, 1.0)
        return part / (part + self.gammavariate(beta, 1.0)) if part else 0.0

    def paretovariate(self, alpha):
        """The Pareto distribution."""
        return (1.0 - self.random()) ** (-1.0 / alpha)

    def weibullvariate(self, alpha, beta):
        """The Weibull distribution."""
        return alpha * (-_log(1.0 - self.random())) ** (1.0 / beta)


class SystemRandom(Random):
    """Numbers from the operating system; they have no state that could be saved."""

    def random(self):
        """A float in [0.0, 1.0)."""
        return (int.from_bytes(_urandom(7), 'big') >> 3) * 2 ** -BPF

    def getrandbits(self, k):
        """An int with k random bits."""
        if k < 0:
            raise ValueError('number of bits must be non-negative')
        size = -(-k // 8)
        return int.from_bytes(_urandom(size), 'big') >> 8 * size - k

    def randbytes(self, n):
        """n random bytes."""
        return _urandom(n)

    def seed(self, *args, **kwds):
        """Does nothing."""

    def _no_state(self, *args, **kwds):
        raise NotImplementedError('System entropy source does not have state.')

    getstate = setstate = _no_state


def _whole(value, what):
    """An argument of randrange() as an int; floats without a fraction are let pass still."""
    try:
        return _index(value)
    except TypeError:
        from warnings import warn
        number = int(value)
        if number == value:
            warn('non-integer arguments to randrange() have been deprecated since Python 3.10 and will be '
                 'removed in a subsequent version', DeprecationWarning, 3)
            return number
        warn('randrange() will raise TypeError in the future', DeprecationWarning, 3)
        raise ValueError(f'non-integer {what} for randrange()')


def _ends_of(counts, n):
    """The sums of counts up to each item of n."""
    ends = list(_accumulate(counts))
    if len(ends) != n:
        raise ValueError('The number of counts does not match the population')
    if not isinstance(ends[-1], int):
        raise TypeError('Counts must be integers')
    if ends[-1] <= 0:
        raise ValueError('Total of counts must be greater than zero')
    return ends


def _old_hash(text):
    """What version 1 made of a text: the hash of Python 2 with 64 bits."""
    codes = text if isinstance(text, bytes) else list(map(ord, text))
    number = codes[0] << 7 if codes else 0
    for code in codes:
        number = 1000003 * number & 0xFFFFFFFFFFFFFFFF ^ code
    number ^= len(codes)
    return -2 if number == -1 else number


def _sha512(data):
    try:
        from _sha512 import sha512
    except ImportError:
        from hashlib import sha512
    return sha512(data).digest()


_hidden = Random()
globals().update((name, getattr(_hidden, name)) for name in __all__ if name not in ('Random', 'SystemRandom'))

if hasattr(_os, 'register_at_fork'):
    _os.register_at_fork(after_in_child=_hidden.seed)
