"""difflib - what two sequences have in common, and how they differ.

SequenceMatcher finds the longest block that both have, then looks to the left and to the right of it
(Ratcliff and Obershelp).  Everything else is a way to show what it found.
HtmlDiff is not supported.
Next: unittest/assertions.py, which shows differences with ndiff().
"""
from collections import namedtuple
from heapq import nlargest

__all__ = ['get_close_matches', 'ndiff', 'restore', 'SequenceMatcher', 'Differ', 'IS_CHARACTER_JUNK',
           'IS_LINE_JUNK', 'context_diff', 'unified_diff', 'diff_bytes', 'Match']

Match = namedtuple('Match', 'a b size')


class SequenceMatcher:
    """Compares pairs of sequences of hashable items.

    Keeps: b2j maps each item of b to its places there, but for junk and, in long sequences, for what stands there
    too often (autojunk).  Compare one b with many a: what is known about b is kept.
    """

    __class_getitem__ = classmethod(type(list[int]))

    def __init__(self, isjunk=None, a='', b='', autojunk=True):
        self.isjunk, self.autojunk = isjunk, autojunk
        self.a = self.b = None
        self.set_seqs(a, b)

    def set_seqs(self, a, b):
        """Set the two sequences to be compared."""
        self.set_seq1(a)
        self.set_seq2(b)

    def set_seq1(self, a):
        """Set the first sequence."""
        if a is not self.a:
            self.a = a
            self.matching_blocks = self.opcodes = None

    def set_seq2(self, b):
        """Set the second sequence: the one that is looked through beforehand."""
        if b is not self.b:
            self.b = b
            self.matching_blocks = self.opcodes = self._counts = None
            self._index()

    def _index(self):
        places = {}
        for j, item in enumerate(self.b):
            places.setdefault(item, []).append(j)
        self.b2j = places
        self.bjunk = set(filter(self.isjunk, places)) if self.isjunk else set()
        for item in self.bjunk:
            del places[item]
        self.bpopular, n = set(), len(self.b)
        if self.autojunk and n >= 200:
            self.bpopular = {item for item, where in places.items() if len(where) > n // 100 + 1}
            for item in self.bpopular:
                del places[item]

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        """The longest block in a[alo:ahi] and b[blo:bhi]; of several the first in a, then the first in b.

        It holds no junk in its middle but is then stretched over junk at its ends.
        """
        a, places = self.a, self.b2j
        ahi = len(a) if ahi is None else ahi
        bhi = len(self.b) if bhi is None else bhi
        start_a, start_b, size = alo, blo, 0
        row = {}  # j -> length of the match that ends with a[i - 1] and b[j - 1]
        for i in range(alo, ahi):
            next_row, length_before = {}, row.get
            for j in places.get(a[i], ()):
                if j >= bhi:
                    break
                if j >= blo:
                    next_row[j + 1] = length = length_before(j, 0) + 1
                    if length > size:
                        start_a, start_b, size = i - length + 1, j - length + 1, length
            row = next_row
        block = start_a, start_b, start_a + size, start_b + size
        for junk in False, True:
            block = self._stretched(*block, alo, ahi, blo, bhi, junk)
        start_a, start_b, end_a, _ = block
        return Match(start_a, start_b, end_a - start_a)

    def _stretched(self, start_a, start_b, end_a, end_b, alo, ahi, blo, bhi, junk):
        """A block with the equal items around it that are junk, or that are not."""
        a, b, bjunk = self.a, self.b, self.bjunk
        while start_a > alo and start_b > blo and a[start_a - 1] == b[start_b - 1] and (b[start_b - 1] in bjunk) is junk:
            start_a, start_b = start_a - 1, start_b - 1
        while end_a < ahi and end_b < bhi and a[end_a] == b[end_b] and (b[end_b] in bjunk) is junk:
            end_a, end_b = end_a + 1, end_b + 1
        return start_a, start_b, end_a, end_b

    def get_matching_blocks(self):
        """All matching blocks in order, none next to another; the last has size 0."""
        if self.matching_blocks is None:
            self.matching_blocks = list(map(Match._make, self._joined(sorted(self._find_blocks()))))
        return self.matching_blocks

    def _find_blocks(self):
        waiting = [(0, len(self.a), 0, len(self.b))]
        for alo, ahi, blo, bhi in waiting:  # it grows meanwhile
            i, j, size = match = self.find_longest_match(alo, ahi, blo, bhi)
            if size:
                yield match
                if alo < i and blo < j:
                    waiting.append((alo, i, blo, j))
                if i + size < ahi and j + size < bhi:
                    waiting.append((i + size, ahi, j + size, bhi))

    def _joined(self, blocks):
        """The blocks, those that touch as one, and the empty one at the end."""
        i = j = size = 0
        for next_i, next_j, next_size in blocks:
            if (next_i, next_j) == (i + size, j + size):
                size += next_size
            else:
                if size:
                    yield i, j, size
                i, j, size = next_i, next_j, next_size
        if size:
            yield i, j, size
        yield len(self.a), len(self.b), 0

    def get_opcodes(self):
        """(tag, i1, i2, j1, j2) for each step from a to b; tag is equal, replace, delete or insert."""
        if self.opcodes is None:
            self.opcodes, i, j = [], 0, 0
            for match_i, match_j, size in self.get_matching_blocks():
                if i < match_i or j < match_j:
                    tag = 'insert' if i == match_i else 'delete' if j == match_j else 'replace'
                    self.opcodes.append((tag, i, match_i, j, match_j))
                i, j = match_i + size, match_j + size
                if size:
                    self.opcodes.append(('equal', match_i, i, match_j, j))
        return self.opcodes

    def get_grouped_opcodes(self, n=3):
        """The opcodes in groups, with n lines of what is equal around each."""
        codes = self.get_opcodes() or [('equal', 0, 1, 0, 1)]
        group, last = [], len(codes) - 1
        for place, (tag, i1, i2, j1, j2) in enumerate(codes):
            if tag == 'equal':
                if place == 0:  # only its end is near a change
                    i1, j1 = max(i1, i2 - n), max(j1, j2 - n)
                if place == last:  # only its start
                    i2, j2 = min(i2, i1 + n), min(j2, j1 + n)
                elif i2 - i1 > 2 * n:
                    yield [*group, (tag, i1, i1 + n, j1, j1 + n)]
                    group, i1, j1 = [], i2 - n, j2 - n
            group.append((tag, i1, i2, j1, j2))
        if [tag for tag, *_ in group] != ['equal']:
            yield group

    def _share(self, n):
        """n items in common as a part of all."""
        total = len(self.a) + len(self.b)
        return 2.0 * n / total if total else 1.0

    def ratio(self):
        """How much the sequences have in common, from 0 to 1."""
        return self._share(sum(size for _, _, size in self.get_matching_blocks()))

    def quick_ratio(self):
        """An upper bound of ratio(): as if order did not matter."""
        if self._counts is None:
            self._counts = counts = {}
            for item in self.b:
                counts[item] = counts.get(item, 0) + 1
        left, common = self._counts.copy(), 0
        for item in self.a:
            n = left.get(item, 0)
            if n:
                left[item] = n - 1
                common += 1
        return self._share(common)

    def real_quick_ratio(self):
        """A rougher upper bound: from the lengths alone."""
        return self._share(min(len(self.a), len(self.b)))

    def _is_above(self, limit):
        """Whether ratio() is, the quicker bounds asked first."""
        return self.real_quick_ratio() > limit and self.quick_ratio() > limit and self.ratio() > limit


def get_close_matches(word, possibilities, n=3, cutoff=0.6):
    """The n best matches for word among possibilities, best first.

    >>> get_close_matches('appel', ['ape', 'apple', 'peach', 'puppy'])
    ['apple', 'ape']
    """
    if not n > 0:
        raise ValueError(f'n must be > 0: {n!r}')
    if not 0.0 <= cutoff <= 1.0:
        raise ValueError(f'cutoff must be in [0.0, 1.0]: {cutoff!r}')
    matcher, close = SequenceMatcher(b=word), []
    for candidate in possibilities:
        matcher.set_seq1(candidate)
        if matcher.real_quick_ratio() >= cutoff and matcher.quick_ratio() >= cutoff:
            ratio = matcher.ratio()
            if ratio >= cutoff:
                close.append((ratio, candidate))
    return [candidate for _, candidate in nlargest(n, close)]


# ---- deltas of lines ----

def IS_LINE_JUNK(line, pat=None):
    """True for lines that are blank or hold one '#'."""
    return line.strip() in ('', '#')


def IS_CHARACTER_JUNK(ch, ws=' \t'):
    """True for blank and tab."""
    return ch in ws


_MARKS = {'equal': (' ', ' '), 'replace': ('^', '^'), 'delete': ('-', ''), 'insert': ('', '+')}


class Differ:
    """Compares lists of lines; its delta marks lines with '- ', '+ ', '  ' and, as a guide within them, '? '."""

    _ALIKE = 0.74  # lines with a ratio above are shown as one that was changed

    def __init__(self, linejunk=None, charjunk=None):
        self.linejunk, self.charjunk = linejunk, charjunk

    def compare(self, a, b):
        """The lines of the delta."""
        for tag, i1, i2, j1, j2 in SequenceMatcher(self.linejunk, a, b).get_opcodes():
            if tag == 'equal':
                yield from _marked('  ', a[i1:i2])
            else:
                yield from self._changes(a[i1:i2], b[j1:j2])

    def _changes(self, old, new):
        """The two lines that are most alike, with what is before and behind them; or all old and all new lines."""
        if not old or not new:
            yield from _marked('- ', old)
            yield from _marked('+ ', new)
            return
        i, j, is_same = self._most_alike(old, new)
        if i is None:
            parts = [('- ', old), ('+ ', new)]
            for sign, lines in parts if len(old) <= len(new) else reversed(parts):
                yield from _marked(sign, lines)
            return
        yield from self._changes(old[:i], new[:j])
        if is_same:
            yield '  ' + old[i]
        else:
            yield from self._guided(old[i], new[j])
        yield from self._changes(old[i + 1:], new[j + 1:])

    def _most_alike(self, old, new):
        """(place in old, place in new, are they the same); (None, None, False) if no two are alike."""
        best, limit, same = (None, None), self._ALIKE, None
        matcher = SequenceMatcher(self.charjunk)
        for j, line in enumerate(new):
            matcher.set_seq2(line)
            for i, other in enumerate(old):
                if other == line:
                    same = same or (i, j)
                    continue
                matcher.set_seq1(other)
                if matcher._is_above(limit):
                    best, limit = (i, j), matcher.ratio()
        if limit >= 0.75:
            return *best, False
        return *(same or (None, None)), same is not None

    def _guided(self, old, new):
        """A changed line, with marks below the characters that changed."""
        marks_old = marks_new = ''
        for tag, i1, i2, j1, j2 in SequenceMatcher(self.charjunk, old, new).get_opcodes():
            mark_old, mark_new = _MARKS[tag]
            marks_old += mark_old * (i2 - i1)
            marks_new += mark_new * (j2 - j1)
        for sign, line, marks in ('- ', old, marks_old), ('+ ', new, marks_new):
            yield sign + line
            guide = ''.join(char if mark == ' ' and char.isspace() else mark for char, mark in zip(line, marks)).rstrip()
            if guide:
                yield f'? {guide}\n'


def _marked(sign, lines):
    return (f'{sign}{line}' for line in lines)


def ndiff(a, b, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    """The delta of a Differ."""
    return Differ(linejunk, charjunk).compare(a, b)


def restore(delta, which):
    """The lines of the first or the second sequence, out of a delta."""
    signs = {1: ('  ', '- '), 2: ('  ', '+ ')}.get(int(which))
    if signs is None:
        raise ValueError(f'unknown delta choice (must be 1 or 2): {which!r}')
    return (line[2:] for line in delta if line.startswith(signs))


# ---- diffs as programs write them ----

def unified_diff(a, b, fromfile='', tofile='', fromfiledate='', tofiledate='', n=3, lineterm='\n'):
    """The lines of a unified diff."""
    _check_types(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    head = _file_lines('---+++', fromfile, tofile, fromfiledate, tofiledate, lineterm)
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        yield from head  # once: it is an iterator
        (_, i1, _, j1, _), (_, _, i2, _, j2) = group[0], group[-1]
        yield f'@@ -{_unified_range(i1, i2)} +{_unified_range(j1, j2)} @@{lineterm}'
        for tag, i1, i2, j1, j2 in group:
            if tag == 'equal':
                yield from _marked(' ', a[i1:i2])
            else:
                yield from _marked('-', a[i1:i2])
                yield from _marked('+', b[j1:j2])


def context_diff(a, b, fromfile='', tofile='', fromfiledate='', tofiledate='', n=3, lineterm='\n'):
    """The lines of a context diff."""
    _check_types(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    head = _file_lines('***---', fromfile, tofile, fromfiledate, tofiledate, lineterm)
    signs = {'equal': '  ', 'replace': '! ', 'delete': '- ', 'insert': '+ '}
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        yield from head
        yield 15 * '*' + lineterm
        tags = {code[0] for code in group}
        for edge, lines, at, left_out in ('***', a, 1, 'insert'), ('---', b, 3, 'delete'):
            yield f'{edge} {_context_range(group[0][at], group[-1][at + 1])} {edge}{edge[0]}{lineterm}'
            if tags - {'equal', left_out}:
                for code in group:
                    if code[0] != left_out:
                        yield from _marked(signs[code[0]], lines[code[at]:code[at + 1]])


def _file_lines(edges, old, new, old_date, new_date, end):
    for edge, name, date in (edges[:3], old, old_date), (edges[3:], new, new_date):
        yield f'{edge} {name}' + (f'\t{date}' if date else '') + end


def _unified_range(start, stop):
    """first,count; counted from 1, and the line before if there is none."""
    length = stop - start
    return f'{start + 1}' if length == 1 else f'{start + (length > 0)},{length}'


def _context_range(start, stop):
    """first,last"""
    return f'{start + 1},{stop}' if stop - start > 1 else f'{stop}'


def _check_types(a, b, *texts):
    for lines in a, b:
        if lines and not isinstance(lines[0], str):
            raise TypeError(f'lines to compare must be str, not {type(lines[0]).__name__} ({lines[0]!r})')
    for text in texts:
        if not isinstance(text, str):
            raise TypeError(f'all arguments must be str, not: {text!r}')


def diff_bytes(dfunc, a, b, fromfile=b'', tofile=b'', fromfiledate=b'', tofiledate=b'', n=3, lineterm=b'\n'):
    """unified_diff() or context_diff() for lines of bytes."""
    def text(data):
        try:
            return data.decode('ascii', 'surrogateescape')
        except AttributeError as error:
            raise TypeError(f'all arguments must be bytes, not {type(data).__name__} ({data!r})') from error

    names = map(text, (fromfile, tofile, fromfiledate, tofiledate))
    for line in dfunc(list(map(text, a)), list(map(text, b)), *names, n, text(lineterm)):
        yield line.encode('ascii', 'surrogateescape')
