# unittest: the messages of assertions, and how lists are told to differ
import unittest


class T(unittest.TestCase):
    maxDiff = 300


t = T()
for name, *args in [
    ('assertEqual', 1, 2), ('assertEqual', 'a' * 100, 'a' * 90 + 'b' * 10), ('assertEqual', 'x' * 300 + 'a', 'x' * 300 + 'b'), ('assertEqual', [1, 2, 3], [1, 2, 4]),
    ('assertEqual', list(range(60)), [*range(59), 0]), ('assertEqual', (1,), (1, 2)), ('assertEqual', {1, 2}, {2, 3}), ('assertEqual', {'a': 1}, {'a': 2}),
    ('assertEqual', 'one\ntwo\n', 'one\nthree\n'), ('assertEqual', 1.5, None), ('assertCountEqual', [1, 2, 2, 3], [3, 2, 1, 1]), ('assertCountEqual', [[1], [2], [2]], [[2], [1], [1]]),
    ('assertCountEqual', 'abc', 'abc'), ('assertCountEqual', [{}, 1, 'a'], [1, 'a', {}]), ('assertIn', 5, [1, 2]), ('assertIs', [], []), ('assertIsNone', 0), ('assertTrue', ''),
    ('assertLess', 2, 1), ('assertAlmostEqual', 1.0, 1.1), ('assertRegex', 'abc', 'x+'), ('assertIsInstance', 5, str), ('assertDictEqual', {}, {1: 2}), ('assertNotEqual', 1, 1),
    ('assertSequenceEqual', [1, 2], (1, 3)), ('assertMultiLineEqual', 'a', 'b'), ('assertGreaterEqual', 1, 2), ('assertNotIn', 1, [1]), ('assertSetEqual', {1}, {1, 2, 3}),
]:
    try:
        getattr(t, name)(*args)
        print(name, 'holds')
    except AssertionError as e:
        print(name, e)
