# fractions: what they are made from, their arithmetic with each other and other numbers, rounding, errors
import copy
import math
import operator
from fractions import Fraction


def show(f, *args):
    try:
        return repr(f(*args))
    except Exception as e:
        return f'{type(e).__name__}: {e}'


for text in '3/4', ' -1.25 ', '7e-3', '1_000/3', '.5', '5.', '-.5e2', 'x', '1/', '1/0', '--1', '1__0', '3 /4', '', '+7':
    print(repr(text), show(Fraction, text))
for args in (1.5,), (0.1,), (True,), (6, -8), (Fraction(1, 2), 3), (1.5, 2), ('1', 2), (None,), (1, 0), (float('nan'),), (float('inf'),):
    print(args, show(Fraction, *args))
numbers = [Fraction(1, 2), Fraction(-7, 3), Fraction(0), 2, -3, 0, 1.5, True, 'x']
operations = [operator.add, operator.sub, operator.mul, operator.truediv, operator.floordiv, operator.mod, divmod, pow,
              operator.lt, operator.le, operator.eq, operator.ge]
for a in numbers:
    for b in numbers:
        if (isinstance(a, Fraction) or isinstance(b, Fraction)) and not (isinstance(a, float) and isinstance(b, Fraction) and b < -1):
            print(a, b, *[show(f, a, b) for f in operations if f is not pow or 'x' not in (a, b)], sep=' | ')
for f in numbers[:3]:
    print(f, hash(f), int(f), math.trunc(f), math.floor(f), math.ceil(f), round(f), round(f, 1), round(f, -1), abs(f), -f, +f,
          bool(f), f.as_integer_ratio(), copy.copy(f) is f, f.numerator, f.denominator)
print(Fraction(math.pi).limit_denominator(100), Fraction('3.1415926').limit_denominator(), Fraction.from_float(.25))
print([round(Fraction(n, 2)) for n in (1, 3, 5, -1, -3)], show(Fraction(1, 2).limit_denominator, 0), show(Fraction.from_float, 'x'))
print(Fraction(1, 2) < float('inf'), Fraction(1, 2) == float('nan'), Fraction(1, 2) == .5 + 0j, hash(Fraction(3)) == hash(3))
