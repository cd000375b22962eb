# statistics: averages and spread of many kinds of data, quantiles, two variables, the normal distribution
import random
import statistics
from fractions import Fraction


def show(name, *args, **options):
    try:
        print(name, getattr(statistics, name)(*args, **options))
    except Exception as e:
        print(name, type(e).__name__, e)


numbers = random.Random(3)
samples = [[1, 2, 3, 4], [1.5, 2, 7, 9.25], [Fraction(1, 3), Fraction(2, 5), 1], [True, 2], [], [5], [1, 1, 2, 2],
           [float('inf'), 1], [float('nan'), 2.0], ['a'], [-1, 2], [0, 1], [1e300, -1e300, 3.0],
           [numbers.gauss(0, 1) for _ in range(50)], [numbers.randrange(100) for _ in range(31)]]
for data in samples:
    for name in ('mean', 'fmean', 'geometric_mean', 'harmonic_mean', 'median', 'median_low', 'median_high', 'median_grouped',
                 'mode', 'multimode', 'quantiles', 'variance', 'pvariance', 'stdev', 'pstdev'):
        show(name, data)
    show('quantiles', data, n=7)
    show('quantiles', data, n=10, method='inclusive')
    show('variance', data, 2)
    show('fmean', data, [2] * len(data))
    show('harmonic_mean', data, [2] * len(data))
    show('covariance', data, data)
    show('correlation', data, data[::-1])
    show('linear_regression', data, list(range(len(data))))
    show('linear_regression', data, data[::-1], proportional=True)
show('quantiles', [1, 2], n=0)
show('quantiles', [1, 2], method='x')
show('fmean', [1], [0])
show('harmonic_mean', [1], [1, 2])
show('correlation', [1, 2], [1])

n = statistics.NormalDist(10, 2.5)
other = statistics.NormalDist(3, 1)
print(n, n + 3, 3 + n, n - 3, 3 - n, n * 2, 2 * n, n / 2, -n, +n, n + other, n - other, n == statistics.NormalDist(10.0, 2.5))
print(n.mean, n.median, n.mode, n.stdev, n.variance, n.pdf(3), n.cdf(3), n.zscore(3), n.quantiles(5), n.samples(3, seed=1))
print([n.inv_cdf(p) for p in (1e-20, 1e-5, .3, .9, .9999999)], n.overlap(other), n.overlap(statistics.NormalDist(3, 2.5)))
print(statistics.NormalDist.from_samples([1, 2, 4]))
for fails in (lambda: statistics.NormalDist(1, -1), lambda: statistics.NormalDist(0, 0).pdf(1), lambda: n.inv_cdf(2), lambda: n.overlap(3)):
    try:
        print(fails())
    except Exception as e:
        print(type(e).__name__, e)
