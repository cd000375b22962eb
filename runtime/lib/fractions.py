"""fractions - exact arithmetic with fractions, as taught in school.

Keeps: _numerator and _denominator are ints in lowest terms, the denominator positive.
Next: numbers.py (Rational), statistics.py (which computes with fractions).
"""
import math
import operator
import sys
from numbers import Complex, Integral, Rational, Real

__all__ = ['Fraction']

_literal = None  # the pattern, compiled when needed


def _parse(text):
    """(numerator, denominator) of '3/4', '-1.25', '7e-3', or None."""
    global _literal
    if _literal is None:
        import re
        whole = r'\d+(?:_\d+)*'
        _literal = re.compile(rf'\s*([-+]?)(?=\d|\.\d)({whole}|\d*)(?:(?:/({whole}))?|(?:\.({whole}|\d*))?(?:E([-+]?{whole}))?)\s*',
                              re.IGNORECASE)
    found = _literal.fullmatch(text)
    if found is None:
        return None
    sign, whole, denominator, decimals, exponent = found.groups()
    decimals = (decimals or '').replace('_', '')
    numerator = int(f'{sign}{whole}{decimals}')
    power = int(exponent or 0) - len(decimals)
    return numerator * 10 ** max(power, 0), int(denominator or 1) * 10 ** max(-power, 0)


def _operators(exact, inexact):
    """The methods a OP b and b OP a: exact for rationals; floats and complex numbers compute as they do among themselves."""
    def forward(a, b):
        if isinstance(b, (int, Fraction)):
            return exact(a, b)
        for kind in float, complex:
            if isinstance(b, kind):
                return inexact(kind(a), b)
        return NotImplemented

    def reverse(b, a):
        if isinstance(a, Rational):
            return exact(a if isinstance(a, Fraction) else Fraction(a), b)
        for kind, number in (Real, float), (Complex, complex):
            if isinstance(a, kind):
                return inexact(number(a), number(b))
        return NotImplemented

    name = inexact.__name__
    forward.__name__, reverse.__name__ = f'__{name}__', f'__r{name}__'
    forward.__doc__ = reverse.__doc__ = exact.__doc__
    return forward, reverse


# Sums and products take common factors out first, so that the numbers stay small (Knuth, TAOCP 2, 4.5.1).

def _add(a, b):
    """a + b"""
    return _sum(a, b.numerator, b.denominator)


def _sub(a, b):
    """a - b"""
    return _sum(a, -b.numerator, b.denominator)


def _sum(a, other, other_denominator):
    denominator = a._denominator
    common = math.gcd(denominator, other_denominator)
    if common == 1:
        return _made(a._numerator * other_denominator + denominator * other, denominator * other_denominator)
    mine, theirs = denominator // common, other_denominator // common
    numerator = a._numerator * theirs + other * mine
    factor = math.gcd(numerator, common)
    return _made(numerator // factor, mine * (other_denominator // factor))


def _mul(a, b):
    """a * b"""
    return _product(a, b.numerator, b.denominator)


def _truediv(a, b):
    """a / b"""
    upper, lower = b.denominator, b.numerator
    if lower == 0:
        raise ZeroDivisionError(f'Fraction({(a._numerator > 0) - (a._numerator < 0)}, 0)')  # in lowest terms
    return _product(a, -upper, -lower) if lower < 0 else _product(a, upper, lower)


def _product(a, numerator, denominator):
    first, second = math.gcd(a._numerator, denominator), math.gcd(numerator, a._denominator)
    return _made((a._numerator // first) * (numerator // second), (a._denominator // second) * (denominator // first))


def _floordiv(a, b):
    """a // b"""
    return a.numerator * b.denominator // (a.denominator * b.numerator)


def _divmod(a, b):
    """(a // b, a % b)"""
    denominator = a.denominator * b.denominator
    quotient, rest = divmod(a.numerator * b.denominator, a.denominator * b.numerator)
    return quotient, Fraction(rest, denominator)


def _mod(a, b):
    """a % b"""
    return Fraction(a.numerator * b.denominator % (b.numerator * a.denominator), a.denominator * b.denominator)


def _made(numerator, denominator):
    """A Fraction of numbers that are in lowest terms."""
    self = object.__new__(Fraction)
    self._numerator, self._denominator = numerator, denominator
    return self


class Fraction(Rational):
    """A rational number: Fraction(3, 4), Fraction('0.75'), Fraction(0.75), Fraction(Decimal('0.75'))."""

    __slots__ = '_numerator', '_denominator'

    def __new__(cls, numerator=0, denominator=None, *, _normalize=True):
        self = super().__new__(cls)
        if denominator is None and isinstance(numerator, (int, Rational)):
            self._numerator, self._denominator = numerator.numerator, numerator.denominator
            return self
        upper, lower = numerator, denominator
        if not (type(upper) is int is type(lower)):
            upper, lower = _ratio(numerator, denominator)
        if lower == 0:
            raise ZeroDivisionError(f'Fraction({upper}, 0)')
        if _normalize:
            factor = math.gcd(upper, lower) if lower > 0 else -math.gcd(upper, lower)
            upper, lower = upper // factor, lower // factor
        self._numerator, self._denominator = upper, lower
        return self

    @classmethod
    def from_float(cls, f):
        """The exact value of a float, or an int."""
        if not isinstance(f, (float, Integral)):
            raise TypeError(f'{cls.__name__}.from_float() only takes floats, not {f!r} ({type(f).__name__})')
        return cls(f)

    @classmethod
    def from_decimal(cls, dec):
        """The exact value of a Decimal, or an int."""
        if not isinstance(dec, Integral) and type(dec).__name__ != 'Decimal':
            raise TypeError(f'{cls.__name__}.from_decimal() only takes Decimals, not {dec!r} ({type(dec).__name__})')
        return cls(dec)

    numerator = property(operator.attrgetter('_numerator'))
    denominator = property(operator.attrgetter('_denominator'))

    def as_integer_ratio(self):
        """(numerator, denominator)"""
        return self._numerator, self._denominator

    def limit_denominator(self, max_denominator=1000000):
        """The closest fraction whose denominator is not above max_denominator.

        Walks the continued fraction of self; the answer is its last convergent within the limit, or the best
        semiconvergent after it, whichever is closer.
        """
        if max_denominator < 1:
            raise ValueError('max_denominator should be at least 1')
        if self._denominator <= max_denominator:
            return Fraction(self)
        before, last = (0, 1), (1, 0)  # convergents, as (numerator, denominator)
        upper, lower = self._numerator, self._denominator
        while True:
            term, rest = divmod(upper, lower)
            following = before[0] + term * last[0], before[1] + term * last[1]
            if following[1] > max_denominator:
                break
            before, last, upper, lower = last, following, lower, rest
        steps = (max_denominator - before[1]) // last[1]
        between = before[0] + steps * last[0], before[1] + steps * last[1]
        is_last_closer = 2 * lower * between[1] <= self._denominator
        return _made(*(last if is_last_closer else between))

    # as text

    def __repr__(self):
        return f'{self.__class__.__name__}({self._numerator}, {self._denominator})'

    def __str__(self):
        return str(self._numerator) if self._denominator == 1 else f'{self._numerator}/{self._denominator}'

    # arithmetic

    __add__, __radd__ = _operators(_add, operator.add)
    __sub__, __rsub__ = _operators(_sub, operator.sub)
    __mul__, __rmul__ = _operators(_mul, operator.mul)
    __truediv__, __rtruediv__ = _operators(_truediv, operator.truediv)
    __floordiv__, __rfloordiv__ = _operators(_floordiv, operator.floordiv)
    __mod__, __rmod__ = _operators(_mod, operator.mod)
    __divmod__, __rdivmod__ = _operators(_divmod, divmod)

    def __pow__(a, b):
        """a ** b: exact for a whole b, else a float or complex."""
        if not isinstance(b, Rational) or b.denominator != 1:
            return float(a) ** (float(b) if isinstance(b, Rational) else b)
        power, upper, lower = b.numerator, a._numerator, a._denominator
        if power >= 0:
            return _made(upper ** power, lower ** power)
        if upper == 0:
            raise ZeroDivisionError(f'Fraction({lower ** -power}, 0)')
        if upper < 0:
            upper, lower = -upper, -lower
        return _made(lower ** -power, upper ** -power)

    def __rpow__(b, a):
        """a ** b"""
        if b._denominator == 1:
            if b._numerator < 0 and isinstance(a, Rational):
                a = Fraction(a.numerator, a.denominator)
            return a ** b._numerator
        return (Fraction(a.numerator, a.denominator) if isinstance(a, Rational) else a) ** (
            b if isinstance(a, Rational) else float(b))

    def __pos__(a):
        """+a"""
        return _made(a._numerator, a._denominator)

    def __neg__(a):
        """-a"""
        return _made(-a._numerator, a._denominator)

    def __abs__(a):
        """abs(a)"""
        return _made(abs(a._numerator), a._denominator)

    # to whole numbers

    def __floor__(a):
        """math.floor(a)"""
        return a._numerator // a._denominator

    def __ceil__(a):
        """math.ceil(a)"""
        return -(-a._numerator // a._denominator)

    def __trunc__(a):
        """math.trunc(a)"""
        return a.__ceil__() if a._numerator < 0 else a.__floor__()

    __int__ = __trunc__

    def __round__(self, ndigits=None):
        """round(self, ndigits): half to even."""
        if ndigits is not None:
            scale = 10 ** abs(ndigits)
            return Fraction(round(self * scale), scale) if ndigits > 0 else Fraction(round(self / scale) * scale)
        whole, rest = divmod(self._numerator, self._denominator)
        half = 2 * rest - self._denominator
        return whole + (half > 0 or half == 0 and whole % 2)

    # comparison

    def __hash__(self):
        """The hash of the equal int or float, where there is one."""
        try:
            inverse = pow(self._denominator, -1, sys.hash_info.modulus)
            value = hash(hash(abs(self._numerator)) * inverse)
        except ValueError:  # the modulus divides the denominator
            value = sys.hash_info.inf
        if self._numerator < 0:
            value = -value
        return -2 if value == -1 else value

    def __eq__(a, b):
        """a == b"""
        if type(b) is int:
            return a._numerator == b and a._denominator == 1
        if isinstance(b, Rational):
            return a._numerator == b.numerator and a._denominator == b.denominator
        if isinstance(b, Complex) and b.imag == 0:
            b = b.real
        return a._compare(b, operator.eq) if isinstance(b, float) else NotImplemented

    def _compare(self, other, compare):
        if isinstance(other, float):
            if not math.isfinite(other):
                return compare(0.0, other)
            other = Fraction(other)
        elif not isinstance(other, Rational):
            return NotImplemented
        return compare(self._numerator * other.denominator, self._denominator * other.numerator)

    def __lt__(a, b):
        """a < b"""
        return a._compare(b, operator.lt)

    def __le__(a, b):
        """a <= b"""
        return a._compare(b, operator.le)

    def __gt__(a, b):
        """a > b"""
        return a._compare(b, operator.gt)

    def __ge__(a, b):
        """a >= b"""
        return a._compare(b, operator.ge)

    def __bool__(a):
        """a != 0"""
        return bool(a._numerator)

    # copies

    def __reduce__(self):
        return type(self), self.as_integer_ratio()

    def __copy__(self):
        return self if type(self) is Fraction else type(self)(*self.as_integer_ratio())

    def __deepcopy__(self, memo):
        return self.__copy__()


def _ratio(value, denominator):
    """The two arguments of Fraction() as two ints."""
    if denominator is not None:
        if not (isinstance(value, Rational) and isinstance(denominator, Rational)):
            raise TypeError('both arguments should be Rational instances')
        return value.numerator * denominator.denominator, denominator.numerator * value.denominator
    if isinstance(value, float) or type(value).__name__ == 'Decimal':
        return value.as_integer_ratio()
    if not isinstance(value, str):
        raise TypeError('argument should be a string or a Rational instance')
    ratio = _parse(value)
    if ratio is None:
        raise ValueError(f'Invalid literal for Fraction: {value!r}')
    return ratio
