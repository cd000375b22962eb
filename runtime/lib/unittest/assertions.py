"""unittest.assertions - the assertions of TestCase, each a method that raises failureException when it does not hold.

Keeps: a message of the user's comes behind the standard one, or in its place if longMessage is false.
Next: contexts.py (assertRaises and the like), util.py (how values are shown), case.py.
"""
from collections import Counter

from .contexts import _AssertLogsContext, _AssertRaisesContext, _AssertWarnsContext
from .util import _common_shorten_repr, _count_diff_all_purpose, _count_diff_hashable, safe_repr

__unittest = True

DIFF_OMITTED = '\nDiff is %s characters long. Set self.maxDiff to None to see it.'


class Assertions:
    """What TestCase inherits."""

    failureException = AssertionError
    longMessage = True
    maxDiff = 8 * 80
    _diffThreshold = 1 << 16  # characters: longer texts are not compared line by line

    # failing

    def fail(self, msg=None):
        """Fail at once."""
        raise self.failureException(msg)

    def _formatMessage(self, msg, standardMsg):
        if not self.longMessage:
            return msg or standardMsg
        return standardMsg if msg is None else f'{standardMsg} : {msg}'

    def _fail(self, msg, text):
        self.fail(self._formatMessage(msg, text))

    def _fail_with_diff(self, msg, text, old, new, end=''):
        """Fail with the lines that differ, if they are not too many; end is what they do not end with yet."""
        from difflib import ndiff
        self._fail(msg, self._truncateMessage(text, '\n' + end.join(ndiff(old, new))))

    def _truncateMessage(self, message, diff):
        limit = self.maxDiff
        return message + (diff if limit is None or len(diff) <= limit else DIFF_OMITTED % len(diff))

    # truth, identity, membership, type

    def assertTrue(self, expr, msg=None):
        """Check that the expression is true."""
        if not expr:
            self._fail(msg, safe_repr(expr) + ' is not true')

    def assertFalse(self, expr, msg=None):
        """Check that the expression is false."""
        if expr:
            self._fail(msg, safe_repr(expr) + ' is not false')

    def assertIs(self, expr1, expr2, msg=None):
        """Check that expr1 is expr2."""
        if expr1 is not expr2:
            self._fail(msg, f'{safe_repr(expr1)} is not {safe_repr(expr2)}')

    def assertIsNot(self, expr1, expr2, msg=None):
        """Check that expr1 is not expr2."""
        if expr1 is expr2:
            self._fail(msg, 'unexpectedly identical: ' + safe_repr(expr1))

    def assertIsNone(self, obj, msg=None):
        """Check that obj is None."""
        if obj is not None:
            self._fail(msg, safe_repr(obj) + ' is not None')

    def assertIsNotNone(self, obj, msg=None):
        """Check that obj is not None."""
        if obj is None:
            self._fail(msg, 'unexpectedly None')

    def assertIn(self, member, container, msg=None):
        """Check that member in container."""
        if member not in container:
            self._fail(msg, f'{safe_repr(member)} not found in {safe_repr(container)}')

    def assertNotIn(self, member, container, msg=None):
        """Check that member not in container."""
        if member in container:
            self._fail(msg, f'{safe_repr(member)} unexpectedly found in {safe_repr(container)}')

    def assertIsInstance(self, obj, cls, msg=None):
        """Check that isinstance(obj, cls)."""
        if not isinstance(obj, cls):
            self._fail(msg, f'{safe_repr(obj)} is not an instance of {cls!r}')

    def assertNotIsInstance(self, obj, cls, msg=None):
        """Check that not isinstance(obj, cls)."""
        if isinstance(obj, cls):
            self._fail(msg, f'{safe_repr(obj)} is an instance of {cls!r}')

    # order

    def assertLess(self, a, b, msg=None):
        """Check that a < b."""
        if not a < b:
            self._fail(msg, f'{safe_repr(a)} not less than {safe_repr(b)}')

    def assertLessEqual(self, a, b, msg=None):
        """Check that a <= b."""
        if not a <= b:
            self._fail(msg, f'{safe_repr(a)} not less than or equal to {safe_repr(b)}')

    def assertGreater(self, a, b, msg=None):
        """Check that a > b."""
        if not a > b:
            self._fail(msg, f'{safe_repr(a)} not greater than {safe_repr(b)}')

    def assertGreaterEqual(self, a, b, msg=None):
        """Check that a >= b."""
        if not a >= b:
            self._fail(msg, f'{safe_repr(a)} not greater than or equal to {safe_repr(b)}')

    # equality

    def assertEqual(self, first, second, msg=None):
        """Check that first == second; two of the same type may have a function of their own that shows how they differ."""
        compare = self._type_equality_funcs.get(type(first)) if type(first) == type(second) else None
        if isinstance(compare, str):
            compare = getattr(self, compare)
        (compare or self._baseAssertEqual)(first, second, msg=msg)

    def _baseAssertEqual(self, first, second, msg=None):
        if not first == second:
            self._fail(msg, '%s != %s' % _common_shorten_repr(first, second))

    def assertNotEqual(self, first, second, msg=None):
        """Check that first != second."""
        if not first != second:
            self._fail(msg, f'{safe_repr(first)} == {safe_repr(second)}')

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        """Check that the difference is 0 when rounded to places (7), or not above delta."""
        places = _places(places, delta)
        if first == second:
            return
        diff = abs(first - second)
        if not _is_near(diff, places, delta):
            self._fail(msg, f'{safe_repr(first)} != {safe_repr(second)} within {_within(places, delta)} '
                            f'({safe_repr(diff)} difference)')

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        """Check that the difference is not 0 when rounded to places (7), or is above delta."""
        places = _places(places, delta)
        diff = abs(first - second)
        if first == second or _is_near(diff, places, delta):
            more = '' if delta is None else f' ({safe_repr(diff)} difference)'
            self._fail(msg, f'{safe_repr(first)} == {safe_repr(second)} within {_within(places, delta)}{more}')

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        """Check that two sequences are equal; show where they differ."""
        kind = 'sequence' if seq_type is None else seq_type.__name__
        pair, lengths, problem = (('first', seq1), ('second', seq2)), [], None
        for which, seq in pair:
            if seq_type is not None and not isinstance(seq, seq_type):
                raise self.failureException(f'{which.capitalize()} sequence is not a {kind}: {safe_repr(seq)}')
        for which, seq in pair:
            try:
                lengths.append(len(seq))
            except (TypeError, NotImplementedError):
                problem = f'{which.capitalize()} {kind} has no length.    Non-sequence?'
                break
        if problem is None:
            if seq1 == seq2:
                return
            difference = _first_difference(pair, lengths, kind)
            if not difference and seq_type is None and type(seq1) is not type(seq2):
                return
            problem = '%ss differ: %s != %s\n' % (kind.capitalize(), *_common_shorten_repr(seq1, seq2))
            problem += difference
        self._fail_with_diff_of_reprs(msg, problem, seq1, seq2)

    def _fail_with_diff_of_reprs(self, msg, text, old, new):
        from pprint import pformat
        self._fail_with_diff(msg, text, pformat(old).splitlines(), pformat(new).splitlines(), '\n')

    def assertListEqual(self, list1, list2, msg=None):
        """Check that two lists are equal."""
        self.assertSequenceEqual(list1, list2, msg, list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        """Check that two tuples are equal."""
        self.assertSequenceEqual(tuple1, tuple2, msg, tuple)

    def assertSetEqual(self, set1, set2, msg=None):
        """Check that two sets are equal; show what each has alone."""
        lines = []
        for these, others, which, other in (set1, set2, 'first', 'second'), (set2, set1, 'second', 'first'):
            try:
                alone = these.difference(others)
            except TypeError as e:
                self.fail(f'invalid type when attempting set difference: {e}')
            except AttributeError as e:
                self.fail(f'{which} argument does not support set difference: {e}')
            if alone:
                lines += [f'Items in the {which} set but not the {other}:', *map(repr, alone)]
        if lines:
            self._fail(msg, '\n'.join(lines))

    def assertDictEqual(self, d1, d2, msg=None):
        """Check that two dicts are equal; show where they differ."""
        self.assertIsInstance(d1, dict, 'First argument is not a dictionary')
        self.assertIsInstance(d2, dict, 'Second argument is not a dictionary')
        if d1 != d2:
            self._fail_with_diff_of_reprs(msg, '%s != %s' % _common_shorten_repr(d1, d2), d1, d2)

    def assertDictContainsSubset(self, subset, dictionary, msg=None):
        """Check that a dict has these items; deprecated."""
        import warnings
        warnings.warn('assertDictContainsSubset is deprecated', DeprecationWarning)
        missing = ','.join(safe_repr(key) for key in subset if key not in dictionary)
        other = ','.join(f'{safe_repr(key)}, expected: {safe_repr(value)}, actual: {safe_repr(dictionary[key])}'
                         for key, value in subset.items() if key in dictionary and value != dictionary[key])
        problems = [head + what for head, what in (('Missing: ', missing), ('Mismatched values: ', other)) if what]
        if problems:
            self._fail(msg, '; '.join(problems))

    def assertCountEqual(self, first, second, msg=None):
        """Check that two iterables have the same items, each as often, in any order."""
        first, second = list(first), list(second)
        try:
            if Counter(first) == Counter(second):
                return
            differences = _count_diff_hashable(first, second)
        except TypeError:
            differences = _count_diff_all_purpose(first, second)
        if differences:
            lines = [f'First has {n}, Second has {m}:  {value!r}' for n, m, value in differences]
            self._fail(msg, self._truncateMessage('Element counts were not equal:\n', '\n'.join(lines)))

    def assertMultiLineEqual(self, first, second, msg=None):
        """Check that two texts are equal; show the lines that differ."""
        self.assertIsInstance(first, str, 'First argument is not a string')
        self.assertIsInstance(second, str, 'Second argument is not a string')
        if first == second:
            return
        if max(len(first), len(second)) > self._diffThreshold:
            self._baseAssertEqual(first, second, msg)
        old, new = first.splitlines(True), second.splitlines(True)
        if len(old) == 1 and first.strip('\r\n') == first:
            old, new = [first + '\n'], [second + '\n']
        self._fail_with_diff(msg, '%s != %s' % _common_shorten_repr(first, second), old, new)

    # patterns

    def assertRegex(self, text, expected_regex, msg=None):
        """Check that the pattern is found in the text."""
        if isinstance(expected_regex, (str, bytes)):
            assert expected_regex, 'expected_regex must not be empty.'
        pattern = _compiled(expected_regex)
        if not pattern.search(text):
            self._fail(msg, f"Regex didn't match: {pattern.pattern!r} not found in {text!r}")

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        """Check that the pattern is not found in the text."""
        pattern = _compiled(unexpected_regex)
        found = pattern.search(text)
        if found:
            self._fail(msg, f'Regex matched: {found[0]!r} matches {pattern.pattern!r} in {text!r}')

    # what a call or a with block does

    def assertRaises(self, expected_exception, *args, **kwargs):
        """Check that the exception is raised, by a call or within a with block."""
        return _AssertRaisesContext(expected_exception, self).handle('assertRaises', args, kwargs)

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        """Check that the exception is raised and its text matches."""
        return _AssertRaisesContext(expected_exception, self, expected_regex).handle('assertRaisesRegex', args, kwargs)

    def assertWarns(self, expected_warning, *args, **kwargs):
        """Check that the warning is triggered, by a call or within a with block."""
        return _AssertWarnsContext(expected_warning, self).handle('assertWarns', args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        """Check that the warning is triggered and its text matches."""
        return _AssertWarnsContext(expected_warning, self, expected_regex).handle('assertWarnsRegex', args, kwargs)

    def assertLogs(self, logger=None, level=None):
        """Check that something is logged within a with block."""
        return _AssertLogsContext(self, logger, level, no_logs=False)

    def assertNoLogs(self, logger=None, level=None):
        """Check that nothing is logged within a with block."""
        return _AssertLogsContext(self, logger, level, no_logs=True)


def _places(places, delta):
    if places is not None and delta is not None:
        raise TypeError('specify delta or places not both')
    return 7 if places is None else places


def _is_near(diff, places, delta):
    return round(diff, places) == 0 if delta is None else diff <= delta


def _within(places, delta):
    return f'{places!r} places' if delta is None else f'{safe_repr(delta)} delta'


def _first_difference(pair, lengths, kind):
    """Where two sequences differ first, and what one has more than the other."""
    text, shorter = '', min(lengths)
    for i in range(shorter):
        items = []
        for which, seq in pair:
            try:
                items.append(seq[i])
            except (TypeError, IndexError, NotImplementedError):
                return f'\nUnable to index element {i} of {which} {kind}\n'
        if items[0] != items[1]:
            text = '\nFirst differing element %d:\n%s\n%s\n' % (i, *_common_shorten_repr(*items))
            break
    for (which, seq), length in zip(pair, lengths):
        if length > shorter:
            text += f'\n{which.capitalize()} {kind} contains {length - shorter} additional elements.\n'
            try:
                text += f'First extra element {shorter}:\n{safe_repr(seq[shorter])}\n'
            except (TypeError, IndexError, NotImplementedError):
                text += f'Unable to index element {shorter} of {which} {kind}\n'
    return text


def _compiled(pattern):
    if isinstance(pattern, (str, bytes)):
        import re
        return re.compile(pattern)
    return pattern


def _old_name_of(method):
    def renamed(*args, **kwargs):
        import warnings
        warnings.warn(f'Please use {method.__name__} instead.', DeprecationWarning, 2)
        return method(*args, **kwargs)

    return renamed


_OLD_NAMES = {'assertEqual': 'failUnlessEqual assertEquals', 'assertNotEqual': 'failIfEqual assertNotEquals',
              'assertAlmostEqual': 'failUnlessAlmostEqual assertAlmostEquals',
              'assertNotAlmostEqual': 'failIfAlmostEqual assertNotAlmostEquals',
              'assertTrue': 'failUnless assert_', 'assertFalse': 'failIf', 'assertRaises': 'failUnlessRaises',
              'assertRaisesRegex': 'assertRaisesRegexp', 'assertRegex': 'assertRegexpMatches',
              'assertNotRegex': 'assertNotRegexpMatches'}
for _new, _olds in _OLD_NAMES.items():
    for _old in _olds.split():
        setattr(Assertions, _old, _old_name_of(getattr(Assertions, _new)))
