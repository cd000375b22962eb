"""textwrap - paragraphs filled to a width, indented and dedented.

TextWrapper cuts text into chunks (words with their punctuation, runs of blanks), then lays chunks into lines.
Next: argparse.py, which wraps its help with it.
"""
import re

__all__ = ['TextWrapper', 'wrap', 'fill', 'dedent', 'indent', 'shorten']

_BLANKS = '\t\n\x0b\x0c\r '
_blank, _visible = f'[{_BLANKS}]', f'[^{_BLANKS}]'
_letter, _word_char = r'[^\d\W]', r'[\w!"\'&.,?]'


class TextWrapper:
    """Wraps text; its attributes say how."""

    # A chunk is a run of blanks, or a dash between words, or a word, which ends after a hyphen within a longer one.
    wordsep_re = re.compile(
        rf'''({_blank}+ | (?<={_word_char})-{{2,}}(?=\w)
             | {_visible}+?(?: -(?:(?<={_letter}{{2}}-)|(?<={_letter}-{_letter}-))(?={_letter}-?{_letter})
                             | (?={_blank}|\Z) | (?<={_word_char})(?=-{{2,}}\w)))'''.replace(_BLANKS, re.escape(_BLANKS)),
        re.VERBOSE)
    wordsep_simple_re = re.compile(f'({_blank}+)')
    sentence_end_re = re.compile(r'''[a-z][.!?]["']?\Z''')
    unicode_whitespace_trans = {ord(blank): ord(' ') for blank in _BLANKS}

    def __init__(self, width=70, initial_indent='', subsequent_indent='', expand_tabs=True, replace_whitespace=True,
                 fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True,
                 tabsize=8, *, max_lines=None, placeholder=' [...]'):
        self.width, self.max_lines, self.placeholder = width, max_lines, placeholder
        self.initial_indent, self.subsequent_indent, self.tabsize = initial_indent, subsequent_indent, tabsize
        self.expand_tabs, self.replace_whitespace, self.drop_whitespace = expand_tabs, replace_whitespace, drop_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words, self.break_on_hyphens = break_long_words, break_on_hyphens

    def wrap(self, text):
        """The lines of the text, none longer than width."""
        chunks = self._split(self._munge_whitespace(text))
        if self.fix_sentence_endings:
            self._widen_sentence_ends(chunks)
        return self._wrap_chunks(chunks)

    def fill(self, text):
        """The same as one string."""
        return '\n'.join(self.wrap(text))

    # chunks

    def _munge_whitespace(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        return text.translate(self.unicode_whitespace_trans) if self.replace_whitespace else text

    def _split(self, text):
        """The chunks of the text; joined they give it back."""
        separator = self.wordsep_re if self.break_on_hyphens is True else self.wordsep_simple_re
        return list(filter(None, separator.split(text)))

    def _widen_sentence_ends(self, chunks):
        """Two blanks after the end of a sentence."""
        for i in range(1, len(chunks)):
            if chunks[i] == ' ' and self.sentence_end_re.search(chunks[i - 1]):
                chunks[i] = '  '

    # lines

    def _indent(self, line_number):
        return self.subsequent_indent if line_number else self.initial_indent

    def _wrap_chunks(self, chunks):
        """Lay the chunks into lines; they are used up."""
        if self.width <= 0:
            raise ValueError(f'invalid width {self.width!r} (must be > 0)')
        if self.max_lines is not None:
            if len(self._indent(self.max_lines > 1)) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError('placeholder too large for max width')
        chunks.reverse()  # the next one is taken from the end
        lines = []
        while chunks:
            indent = self._indent(len(lines))
            room = self.width - len(indent)
            if lines and self.drop_whitespace and not chunks[-1].strip():
                chunks.pop()
            line = self._take_line(chunks, room)
            if not line:
                continue
            if self.max_lines is None or len(lines) + 1 < self.max_lines or self._is_all(chunks, line, room):
                lines.append(indent + ''.join(line))
            else:
                self._end_with_placeholder(lines, line, indent, room)
                break
        return lines

    def _take_line(self, chunks, room):
        """As many chunks as have room."""
        line, length = [], 0
        while chunks and length + len(chunks[-1]) <= room:
            line.append(chunks.pop())
            length += len(line[-1])
        if chunks and len(chunks[-1]) > room:  # it fits into no line
            self._handle_long_word(chunks, line, length, room)
        if line and self.drop_whitespace and not line[-1].strip():
            line.pop()
        return line

    def _handle_long_word(self, chunks, line, length, room):
        """Break the next chunk, or give it a line of its own."""
        if not self.break_long_words:
            if not line:
                line.append(chunks.pop())
            return
        chunk = chunks[-1]
        end = room - length if room > 0 else 1
        if self.break_on_hyphens and len(chunk) > end:
            hyphen = chunk.rfind('-', 0, end)
            if hyphen > 0 and chunk[:hyphen].strip('-'):
                end = hyphen + 1
        line.append(chunk[:end])
        chunks[-1] = chunk[end:]

    def _is_all(self, chunks, line, room):
        """Whether nothing to be seen is left behind this line, and it fits."""
        is_last = not chunks or self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip()
        return is_last and sum(map(len, line)) <= room

    def _end_with_placeholder(self, lines, line, indent, room):
        """Put the placeholder behind as much of the line as it leaves room for, or behind the line before."""
        while line and (not line[-1].strip() or sum(map(len, line)) + len(self.placeholder) > room):
            line.pop()
        if line:
            lines.append(indent + ''.join(line) + self.placeholder)
            return
        before = lines[-1].rstrip() if lines else None
        if before is not None and len(before) + len(self.placeholder) <= self.width:
            lines[-1] = before + self.placeholder
        else:
            lines.append(indent + self.placeholder.lstrip())


def wrap(text, width=70, **kwargs):
    """The lines of one paragraph, none longer than width."""
    return TextWrapper(width, **kwargs).wrap(text)


def fill(text, width=70, **kwargs):
    """The same as one string."""
    return TextWrapper(width, **kwargs).fill(text)


def shorten(text, width, **kwargs):
    """The text with its blanks collapsed, cut to width with a placeholder at the end."""
    return TextWrapper(width, max_lines=1, **kwargs).fill(' '.join(text.split()))


def dedent(text):
    """The text without the blanks that all its lines begin with; lines of blanks become empty."""
    from os.path import commonprefix
    text = re.sub('(?m)^[ \t]+$', '', text)
    margin = commonprefix(re.findall('(?m)^[ \t]*(?=[^ \t\n])', text))
    return re.sub('(?m)^' + margin, '', text) if margin else text


def indent(text, prefix, predicate=str.strip):
    """The text with prefix before each line that is not blank, or that the predicate chooses."""
    is_chosen = predicate or str.strip
    return ''.join(prefix + line if is_chosen(line) else line for line in text.splitlines(True))
