"""numbers - the abstract base classes of numbers: Number > Complex > Real > Rational > Integral (PEP 3141).

Each class names what its numbers must define, and defines what follows from that.
Next: fractions.py, which implements Rational.
"""
from abc import ABCMeta, abstractmethod

__all__ = ['Number', 'Complex', 'Real', 'Rational', 'Integral']


def _required(name):
    def method(self, *args):
        raise NotImplementedError

    method.__name__ = method.__qualname__ = name
    return abstractmethod(method)


def _require(namespace, methods='', properties=''):
    """Put abstract methods and properties into the body of a class."""
    for name in methods.split():
        namespace[name] = _required(name)
    for name in properties.split():
        namespace[name] = property(_required(name))


def _same(self):
    return +self


class Number(metaclass=ABCMeta):
    """Anything that is a number."""

    __slots__ = ()
    __hash__ = None


class Complex(Number):
    """Numbers with a real and an imaginary part."""

    __slots__ = ()
    _require(vars(), '''__complex__ __add__ __radd__ __neg__ __pos__ __mul__ __rmul__ __truediv__ __rtruediv__ __pow__ __rpow__
                        __abs__ conjugate __eq__''', 'real imag')

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __bool__(self):
        return self != 0


class Real(Complex):
    """Numbers with an order."""

    __slots__ = ()
    _require(vars(), '''__float__ __trunc__ __floor__ __ceil__ __round__ __floordiv__ __rfloordiv__ __mod__ __rmod__ __lt__
                        __le__''')
    real = property(_same)
    imag = property(lambda self: 0)
    conjugate = _same

    def __complex__(self):
        return complex(float(self))

    def __divmod__(self, other):
        return self // other, self % other

    def __rdivmod__(self, other):
        return other // self, other % self


class Rational(Real):
    """Numbers with a numerator and a denominator, in lowest terms."""

    __slots__ = ()
    _require(vars(), properties='numerator denominator')

    def __float__(self):
        return int(self.numerator) / int(self.denominator)


class Integral(Rational):
    """Whole numbers, with shifts and bit-wise operators."""

    __slots__ = ()
    _require(vars(), '''__int__ __pow__ __lshift__ __rlshift__ __rshift__ __rrshift__ __and__ __rand__ __xor__ __rxor__ __or__
                        __ror__ __invert__''')
    numerator = property(_same)
    denominator = property(lambda self: 1)

    def __index__(self):
        return int(self)

    def __float__(self):
        return float(int(self))


Complex.register(complex)
Real.register(float)
Integral.register(int)
