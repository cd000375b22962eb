"""fnmatch - file names matched against shell patterns: *, ?, [seq], [!seq].  Next: glob.py."""
import re
from functools import lru_cache
from os.path import normcase

__all__ = ['filter', 'fnmatch', 'fnmatchcase', 'translate']


@lru_cache(maxsize=256, typed=True)
def _matcher(pattern):
    """The match method of the compiled pattern."""
    if isinstance(pattern, bytes):
        return re.compile(translate(pattern.decode('latin-1')).encode('latin-1')).match
    return re.compile(translate(pattern)).match


def fnmatchcase(name, pat):
    """Does the name fit the pattern, letter case included?"""
    return bool(_matcher(pat)(name))


def fnmatch(name, pat):
    """Does the name fit the pattern?"""
    return fnmatchcase(normcase(name), normcase(pat))


def filter(names, pat):
    """The list of names that fit the pattern."""
    fits = _matcher(normcase(pat))
    return [name for name in names if fits(normcase(name))]


def translate(pat):
    """The regular expression for a shell pattern."""
    pieces, i = [''], 0  # between the stars
    while i < len(pat):
        char = pat[i]
        i += 1
        if char == '*':
            if pieces[-1] or len(pieces) == 1:  # several in a row are one
                pieces.append('')
            continue
        if char == '[':
            end = pat.find(']', i + 1 + pat.startswith('!', i))  # a ] right at the start stands for itself
            if end >= 0:
                pieces[-1] += _set(pat[i:end])
                i = end + 1
                continue
        pieces[-1] += '.' if char == '?' else re.escape(char)
    return f'(?s:{_with_stars(pieces)})\\Z'


def _with_stars(pieces):
    """Each star but the last takes as little as it can and is not tried again: (?>.*?fixed)."""
    first, *middle = pieces
    if not middle:
        return first
    last = middle.pop()
    return first + ''.join(f'(?>.*?{piece})' for piece in middle) + '.*' + last


def _set(inside):
    """The regular expression for [inside]; ranges that hold nothing are dropped."""
    negation = '!' if inside.startswith('!') else ''
    chunks = _ranges(inside)
    text = '-'.join(chunk.replace('\\', r'\\').replace('-', r'\-') for chunk in chunks)
    text = re.sub('([&~|])', r'\\\1', text)
    if text == negation:  # nothing is in it
        return '.' if negation else '(?!)'
    if negation:
        return f'[^{text[1:]}]'
    return f'[\\{text}]' if text[0] in '^[' else f'[{text}]'


def _ranges(inside):
    """The text split at the dashes that make a range of the characters around them."""
    chunks, start, dash = [], 0, inside.find('-', 2 if inside.startswith('!') else 1)
    while dash >= 0:
        chunks.append(inside[start:dash])
        start = dash + 1
        dash = inside.find('-', dash + 3)
    if start < len(inside) or not chunks:
        chunks.append(inside[start:])
    else:
        chunks[-1] += '-'  # at the end it stands for itself
    for i in range(len(chunks) - 1, 0, -1):
        if chunks[i - 1][-1] > chunks[i][0]:
            chunks[i - 1:i + 1] = [chunks[i - 1][:-1] + chunks[i][1:]]
    return chunks
