"""statistics - averages, spread, correlation, the normal distribution.

Keeps: mean() and the variances are exact until the last step: sums are kept as integers over integers, and only
the result is converted to the type of the data.
Next: fractions.py, random.py.
"""
from bisect import bisect_left, bisect_right
from collections import Counter, namedtuple
from fractions import Fraction
from functools import reduce
from itertools import groupby
from math import erf, exp, fsum, hypot, isqrt, log, sqrt, tau
from numbers import Real
from operator import mul
from sys import float_info

__all__ = ['NormalDist', 'StatisticsError', 'correlation', 'covariance', 'fmean', 'geometric_mean', 'harmonic_mean',
           'linear_regression', 'mean', 'median', 'median_grouped', 'median_high', 'median_low', 'mode',
           'multimode', 'pstdev', 'pvariance', 'quantiles', 'stdev', 'variance']


class StatisticsError(ValueError):
    """There are not enough data, or they do not fit."""


# ---- exact sums ----

def _sum(data):
    """(type of the data, exact sum as a Fraction, count)"""
    kind, count, sums, _ = _gather(data)
    return kind, _total(sums), count


def _gather(data, of_squares=False):
    """(type, count, {denominator: sum of numerators}, {denominator: sum of their squares} if asked for)

    An infinity or NaN has the denominator None."""
    kinds, count, sums, squares = [], 0, {}, {}
    for kind, values in groupby(data, type):
        kinds.append(kind)
        for numerator, denominator in map(_exact_ratio, values):
            count += 1
            sums[denominator] = sums.get(denominator, 0) + numerator
            if of_squares:
                squares[denominator] = squares.get(denominator, 0) + numerator * numerator
    return reduce(_coerce, dict.fromkeys(kinds), int), count, sums, squares


def _total(sums):
    return sums[None] if None in sums else sum(map(Fraction, sums.values(), sums))


def _ss(data, c=None):
    """(type, sum of squared deviations from c or from the mean, the centre used, count)"""
    if c is not None:
        kind, total, count = _sum((away := x - c) * away for x in data)
        return kind, total, c, count
    kind, count, sums, squares = _gather(data, of_squares=True)
    total = _total(sums)
    if None in sums:
        return kind, total, total, count
    if count == 0:
        return kind, Fraction(0), Fraction(0), 0
    of_squares = sum(Fraction(n, d * d) for d, n in squares.items())
    return kind, (count * of_squares - total * total) / count, total / count, count


def _coerce(T, S):
    """The type to compute in when both T and S occur; TypeError for an odd pair."""
    assert T is not bool, 'initial type T is bool'
    if S in (T, int, bool):
        return T
    for wide, narrow in (S, T), (T, S):
        if narrow is int or issubclass(wide, narrow):
            return wide
    for wide, narrow in (T, S), (S, T):
        if issubclass(narrow, int) or issubclass(wide, float) and issubclass(narrow, Fraction):
            return wide
    raise TypeError(f"don't know how to coerce {T.__name__} and {S.__name__}")


def _exact_ratio(x):
    """x as (numerator, denominator); (x, None) for an infinity or NaN."""
    try:
        return x.as_integer_ratio()
    except (OverflowError, ValueError):
        return x, None
    except AttributeError:
        if not (hasattr(x, 'numerator') and hasattr(x, 'denominator')):
            raise TypeError(f"can't convert type '{type(x).__name__}' to numerator/denominator")
        return x.numerator, x.denominator


def _convert(value, T):
    """value as a T."""
    if type(value) is T:
        return value
    if issubclass(T, int) and value.denominator != 1:
        return float(value)
    try:
        return T(value)
    except TypeError:
        if 'Decimal' in (base.__name__ for base in T.__mro__):
            return T(value.numerator) / value.denominator
        raise


def _fail_neg(values, errmsg='negative value'):
    """The values; StatisticsError at a negative one."""
    for value in values:
        if value < 0:
            raise StatisticsError(errmsg)
        yield value


def _at_least(n, count, what):
    if count < n:
        raise StatisticsError(f'{what} requires at least {"one data point" if n == 1 else "two data points"}')


# ---- exact roots ----

_ROOT_BITS = 2 * float_info.mant_dig + 3


def _integer_sqrt_of_frac_rto(n, m):
    """The root of n/m, cut to an int whose last bit is set if anything was cut off ("round to odd")."""
    root = isqrt(n // m)
    return root | (n != root * root * m)


def _float_sqrt_of_frac(n, m):
    """The root of n/m to the last bit: compute more bits than a float has, round once."""
    shift = (n.bit_length() - m.bit_length() - _ROOT_BITS) // 2
    if shift < 0:
        return _integer_sqrt_of_frac_rto(n << -2 * shift, m) / (1 << -shift)
    return float(_integer_sqrt_of_frac_rto(n, m << 2 * shift) << shift)


def _decimal_sqrt_of_frac(n, m, Decimal):
    """The root of n/m as the nearest Decimal: of the one computed and its neighbours."""
    if n == 0:
        return Decimal('0.0')
    if n < 0:
        n, m = -n, -m
    root = (Decimal(n) / Decimal(m)).sqrt()
    for neighbour, sign in (root.next_plus(), 1), (root.next_minus(), -1):
        border = (Fraction(*root.as_integer_ratio()) + Fraction(*neighbour.as_integer_ratio())) / 2
        if sign * Fraction(n, m) > sign * border * border:
            return neighbour
    return root


def _root(value, kind):
    """The root of a Fraction, as a Decimal if that is the type of the data, else as a float."""
    if kind.__name__ == 'Decimal':
        return _decimal_sqrt_of_frac(value.numerator, value.denominator, kind)
    return _float_sqrt_of_frac(value.numerator, value.denominator)


# ---- averages ----

def mean(data):
    """The arithmetic mean."""
    kind, total, n = _sum(data)
    _at_least(1, n, 'mean')
    return _convert(total / n, kind)


def _sized(data):
    """data, or a list of it if it has no length."""
    try:
        len(data)
        return data
    except TypeError:
        return list(data)


def fmean(data, weights=None):
    """The arithmetic mean in floats: faster; with weights if given."""
    data = _sized(data)
    if weights is None:
        total = fsum(data)
        _at_least(1, len(data), 'fmean')
        return total / len(data)
    weights = _sized(weights)
    total = fsum(map(mul, data, weights))
    if len(data) != len(weights):
        raise StatisticsError('data and weights must be the same length')
    weight = fsum(weights)
    if not weight:
        raise StatisticsError('sum of weights must be non-zero')
    return total / weight


def geometric_mean(data):
    """The geometric mean, in floats."""
    try:
        return exp(fmean(map(log, data)))
    except ValueError:
        raise StatisticsError('geometric mean requires a non-empty dataset containing positive numbers') from None


def harmonic_mean(data, weights=None):
    """The harmonic mean: for rates, such as speeds."""
    negative = 'harmonic mean does not support negative values'
    data = list(data)
    _at_least(1, len(data), 'harmonic_mean')
    if weights is None:
        if len(data) == 1:
            if not isinstance(data[0], Real) and type(data[0]).__name__ != 'Decimal':
                raise TypeError('unsupported type')
            return next(_fail_neg(data, negative))
        weights, weight = [1] * len(data), len(data)
    else:
        weights = list(weights)
        if len(weights) != len(data):
            raise StatisticsError('Number of weights does not match data size')
        _, weight, _ = _sum(_fail_neg(weights, negative))
    try:
        kind, total, _ = _sum(w / x if w else 0 for w, x in zip(weights, _fail_neg(data, negative)))
    except ZeroDivisionError:
        return 0
    if total <= 0:
        raise StatisticsError('Weighted sum must be positive')
    return _convert(weight / total, kind)


def _middle(data):
    """(sorted data, the places of the two in the middle: the same if their number is odd)"""
    data = sorted(data)
    if not data:
        raise StatisticsError('no median for empty data')
    return data, (len(data) - 1) // 2, len(data) // 2


def median(data):
    """The middle of the sorted data; the mean of the two in the middle if their number is even."""
    data, low, high = _middle(data)
    return data[low] if low == high else (data[low] + data[high]) / 2


def median_low(data):
    """The middle; the lower of the two if their number is even."""
    data, low, _ = _middle(data)
    return data[low]


def median_high(data):
    """The middle; the higher of the two if their number is even."""
    data, _, high = _middle(data)
    return data[high]


def median_grouped(data, interval=1.0):
    """The median of data that are the midpoints of bins, estimated by interpolation within the bin."""
    data, _, high = _middle(data)
    midpoint = data[high]
    below = bisect_left(data, midpoint)
    inside = bisect_right(data, midpoint, below) - below
    try:
        width, midpoint = float(interval), float(midpoint)
    except ValueError:
        raise TypeError('Value cannot be converted to a float')
    return midpoint - width / 2.0 + width * (len(data) / 2 - below) / inside


def mode(data):
    """The most common value; the first one met if there are several."""
    for value, _ in Counter(iter(data)).most_common(1):
        return value
    raise StatisticsError('no mode for empty data')


def multimode(data):
    """The list of the most common values."""
    counts = Counter(iter(data))
    most = max(counts.values(), default=0)
    return [value for value, n in counts.items() if n == most]


def quantiles(data, *, n=4, method='exclusive'):
    """The n - 1 points that cut the data into n parts of the same size."""
    if n < 1:
        raise StatisticsError('n must be at least 1')
    data = sorted(data)
    size = len(data)
    if size < 2:
        raise StatisticsError('must have at least two data points')
    if method == 'inclusive':  # the ends are the least and the greatest there is
        places = [divmod(i * (size - 1), n) for i in range(1, n)]
    elif method == 'exclusive':  # there may be values beyond the ends
        places = []
        for i in range(1, n):
            place = min(max(i * (size + 1) // n, 1), size - 1)
            places.append((place - 1, i * (size + 1) - place * n))
    else:
        raise ValueError(f'Unknown method: {method!r}')
    return [(data[place] * (n - rest) + data[place + 1] * rest) / n for place, rest in places]


# ---- spread ----

def _variance(data, centre, what, is_sample):
    """(the variance as a Fraction, type, centre)"""
    kind, total, centre, n = _ss(data, centre)
    _at_least(1 + is_sample, n, what)
    return total / (n - is_sample), kind, centre


def variance(data, xbar=None):
    """The variance of a sample."""
    value, kind, _ = _variance(data, xbar, 'variance', True)
    return _convert(value, kind)


def pvariance(data, mu=None):
    """The variance of a whole population."""
    value, kind, _ = _variance(data, mu, 'pvariance', False)
    return _convert(value, kind)


def stdev(data, xbar=None):
    """The square root of the sample variance."""
    value, kind, _ = _variance(data, xbar, 'stdev', True)
    return _root(value, kind)


def pstdev(data, mu=None):
    """The square root of the population variance."""
    value, kind, _ = _variance(data, mu, 'pstdev', False)
    return _root(value, kind)


# ---- two variables ----

LinearRegression = namedtuple('LinearRegression', 'slope intercept')


def _check_pairs(what, x, y):
    if len(x) != len(y):
        raise StatisticsError(f'{what} requires that both inputs have same number of data points')
    _at_least(2, len(x), what)


def _products(x, y, from_zero=False):
    """(mean of x, mean of y, sum of the products of what x and y differ from them by, the same of x and x)"""
    x_mean, y_mean = (0.0, 0.0) if from_zero else (fsum(x) / len(x), fsum(y) / len(y))
    if not from_zero:
        x, y = [value - x_mean for value in x], [value - y_mean for value in y]
    return x_mean, y_mean, fsum(map(mul, x, y)), fsum(map(mul, x, x))


def covariance(x, y, /):
    """The covariance of two samples."""
    _check_pairs('covariance', x, y)
    return _products(x, y)[2] / (len(x) - 1)


def correlation(x, y, /):
    """Pearson's correlation coefficient, from -1 to 1."""
    _check_pairs('correlation', x, y)
    _, _, both, of_x = _products(x, y)
    of_y = _products(y, y)[3]
    if not of_x * of_y:
        raise StatisticsError('at least one of the inputs is constant')
    return both / sqrt(of_x * of_y)


def linear_regression(x, y, /, *, proportional=False):
    """Slope and intercept of the line with the least squares; through the origin if proportional."""
    _check_pairs('linear regression', x, y)
    x_mean, y_mean, both, of_x = _products(x, y, proportional)
    if not of_x:
        raise StatisticsError('x is constant')
    slope = both / of_x
    return LinearRegression(slope, 0.0 if proportional else y_mean - slope * x_mean)


# ---- the normal distribution ----

# Numerators and denominators of Wichura's rational approximations (Algorithm AS241, Applied Statistics 37, 1988),
# highest power first: for the centre, for the tails, for the far tails.
_CENTRE = ((2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4, 4.5921953931549871457e+4,
            1.3731693765509461125e+4, 1.9715909503065514427e+3, 1.3314166789178437745e+2, 3.3871328727963666080e+0),
           (5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4, 2.1213794301586595867e+4,
            5.3941960214247511077e+3, 6.8718700749205790830e+2, 4.2313330701600911252e+1, 1.0))
_TAIL = ((7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e+0,
          3.64784832476320460504e+0, 5.76949722146069140550e+0, 4.63033784615654529590e+0, 1.42343711074968357734e+0),
         (1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
          6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0, 1.0))
_FAR = ((2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
         2.96560571828504891230e-1, 1.78482653991729133580e+0, 5.46378491116411436990e+0, 6.65790464350110377720e+0),
        (2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
         1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0))


def _quotient(coefficients, x):
    """The two parts of a rational function at x."""
    upper = lower = 0.0
    for c, d in zip(*coefficients):
        upper, lower = upper * x + c, lower * x + d
    return upper, lower


def _normal_dist_inv_cdf(p, mu, sigma):
    from_middle = p - 0.5
    if abs(from_middle) <= 0.425:
        upper, lower = _quotient(_CENTRE, 0.180625 - from_middle * from_middle)
        return mu + upper * from_middle / lower * sigma
    distance = sqrt(-log(p if from_middle <= 0.0 else 1.0 - p))
    upper, lower = _quotient(_TAIL, distance - 1.6) if distance <= 5.0 else _quotient(_FAR, distance - 5.0)
    x = upper / lower
    return mu + (-x if from_middle < 0.0 else x) * sigma


class NormalDist:
    """The normal distribution with this mean and standard deviation; sums and multiples of such are such again."""

    __slots__ = {'_mu': 'The mean.', '_sigma': 'The standard deviation.'}

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError('sigma must be non-negative')
        self._mu, self._sigma = float(mu), float(sigma)

    @classmethod
    def from_samples(cls, data):
        """The distribution that has the mean and the standard deviation of the data."""
        value, _, centre = _variance(data, None, 'stdev', True)
        try:
            return cls(float(centre), _float_sqrt_of_frac(value.numerator, value.denominator))
        except AttributeError:  # an infinity or NaN
            return cls(float(centre), float(centre) / float(value))

    mean = median = mode = property(lambda self: self._mu, doc='The value in the middle.')
    stdev = property(lambda self: self._sigma, doc='The standard deviation.')
    variance = property(lambda self: self._sigma * self._sigma, doc='The square of the standard deviation.')

    def samples(self, n, *, seed=None):
        """n random numbers of this distribution."""
        import random
        gauss = (random if seed is None else random.Random(seed)).gauss
        return [gauss(self._mu, self._sigma) for _ in range(n)]

    def _spread(self, what):
        if not self._sigma:
            raise StatisticsError(f'{what}() not defined when sigma is zero')
        return self._sigma

    def pdf(self, x):
        """The density at x."""
        variance = self._spread('pdf') * self._sigma
        away = x - self._mu
        return exp(away * away / (-2.0 * variance)) / sqrt(tau * variance)

    def cdf(self, x):
        """How probable a value not above x is."""
        return 0.5 * (1.0 + erf((x - self._mu) / (self._spread('cdf') * sqrt(2.0))))

    def inv_cdf(self, p):
        """The x that has cdf(x) == p."""
        if p <= 0.0 or p >= 1.0:  # a NaN stays one
            raise StatisticsError('p must be in the range 0.0 < p < 1.0')
        mu, sigma = self._mu, self._sigma
        if not sigma:
            raise StatisticsError('cdf() not defined when sigma at or below zero')
        return _normal_dist_inv_cdf(p, mu, sigma)

    def quantiles(self, n=4):
        """The n - 1 points that cut the distribution into n parts of the same probability."""
        return [self.inv_cdf(part / n) for part in range(1, n)]

    def zscore(self, x):
        """How many standard deviations x is above the mean."""
        return (x - self._mu) / self._spread('zscore')

    def overlap(self, other):
        """The area that is under both densities, from 0.0 to 1.0."""
        if not isinstance(other, NormalDist):
            raise TypeError('Expected another NormalDist instance')
        narrow, wide = sorted((self, other), key=lambda each: (each._sigma, each._mu))
        v, w = narrow.variance, wide.variance
        if not (v and w):
            raise StatisticsError('overlap() not defined when sigma is zero')
        more, apart = w - v, abs(wide._mu - narrow._mu)
        if not more:
            return 1.0 - erf(apart / (2.0 * narrow._sigma * sqrt(2.0)))
        middle = narrow._mu * w - wide._mu * v
        half = narrow._sigma * wide._sigma * sqrt(apart * apart + more * log(w / v))
        crossings = (middle + half) / more, (middle - half) / more  # where the densities are the same
        return 1.0 - sum(abs(wide.cdf(x) - narrow.cdf(x)) for x in crossings)

    # arithmetic

    def __add__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu + other._mu, hypot(self._sigma, other._sigma))
        return NormalDist(self._mu + other, self._sigma)

    __radd__ = __add__

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, factor):
        return NormalDist(self._mu * factor, self._sigma * abs(factor))

    __rmul__ = __mul__

    def __truediv__(self, divisor):
        return NormalDist(self._mu / divisor, self._sigma / abs(divisor))

    def __pos__(self):
        return NormalDist(self._mu, self._sigma)

    def __neg__(self):
        return NormalDist(-self._mu, self._sigma)

    def __getstate__(self):
        return self._mu, self._sigma

    def __setstate__(self, state):
        self._mu, self._sigma = state

    def __eq__(self, other):
        return self.__getstate__() == other.__getstate__() if isinstance(other, NormalDist) else NotImplemented

    def __hash__(self):
        return hash(self.__getstate__())

    def __repr__(self):
        return f'{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})'
