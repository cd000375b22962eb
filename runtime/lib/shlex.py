"""shlex - text split the way a shell does: words, quotes, backslashes, comments.

    echo "two words" a\ b # a remark        ->   echo | two words | a b

Two sets of rules: with posix, quotes and escapes are taken off and may stand inside a word; without, a quoted text is a
word by itself and keeps its quotes. Characters that are read too far wait in _unread_chars or, as tokens, in pushback.
"""
import os
import sys
from collections import deque
from io import StringIO
from string import ascii_letters, digits

__all__ = ['shlex', 'split', 'quote', 'join']

_LATIN_LETTERS = ''.join(filter(str.isalpha, map(chr, range(0xC0, 0x100))))
_PUNCTUATION = '();<>|&'
_IN_FILE_NAMES = '~-./*?='  # part of words when punctuation is split off


class shlex:
    """An iterator over the tokens of a stream or string. The sets of characters may be changed before it is used."""

    def __init__(self, instream=None, infile=None, posix=False, punctuation_chars=False):
        if instream is None:
            instream, infile = sys.stdin, None
        self.instream, self.infile, self.lineno = _as_stream(instream), infile, 1
        self.posix, self.eof = posix, None if posix else ''
        self.commenters, self.whitespace, self.escape, self.escapedquotes = '#', ' \t\r\n', '\\', '"'
        self.quotes = '"\''
        self.wordchars = ascii_letters + digits + '_' + (_LATIN_LETTERS if posix else '')
        self.whitespace_split, self.source, self.debug, self.token = False, None, 0, ''
        self.pushback = deque()      # tokens to be given next
        self.filestack = deque()     # (infile, instream, lineno) of those that push_source() interrupted
        self._unread_chars = []
        self._punctuation = (_PUNCTUATION if punctuation_chars is True else punctuation_chars) or ''
        if self._punctuation:
            self.wordchars = ''.join(c for c in self.wordchars + _IN_FILE_NAMES if c not in self._punctuation)

    @property
    def punctuation_chars(self):
        """Characters whose runs are tokens of their own."""
        return self._punctuation

    # tokens

    def __next__(self):
        token = self.get_token()
        if token != self.eof:
            return token
        raise StopIteration

    def __iter__(self):
        return self

    def push_token(self, tok):
        """Give tok as the next token."""
        self.pushback.appendleft(tok)

    def get_token(self):
        """The next token, those of sourced files included; eof at the end."""
        if self.pushback:
            return self.pushback.popleft()
        token = self.read_token()
        while self.source is not None and token == self.source:
            found = self.sourcehook(self.read_token())
            if found:
                name, stream = found
                self.push_source(stream, name)
            token = self.get_token()
        while token == self.eof and self.filestack:
            self.pop_source()
            token = self.get_token()
        return token

    def read_token(self):
        """The next token of the stream itself, whatever was pushed or is to be sourced."""
        self.token, is_quoted = '', False
        char = self._skip_to_token()
        if self.posix and char and char in self.escape + self.quotes:
            is_quoted = self._read_word(char)
        elif char in self.wordchars:
            if char:
                self.token = char
                is_quoted = self._read_word('')
        elif char in self._punctuation:
            self._read_punctuation(char)
        elif char in self.quotes:
            self.token = char
            self._read_quoted(char)
            self.token += char
        elif self.whitespace_split:
            self.token = char
            is_quoted = self._read_word('')
        else:
            self.token = char
        token, self.token = self.token, ''
        return None if self.posix and not token and not is_quoted else token

    # the parts of a token

    def _next_char(self):
        char = self._unread_chars.pop() if self._unread_chars else self.instream.read(1)
        if char == '\n':
            self.lineno += 1
        return char

    def _skip_comment(self):
        self.instream.readline()
        self.lineno += 1

    def _skip_to_token(self):
        """The first character after whitespace and comments, '' at the end."""
        while char := self._next_char():
            if char in self.whitespace:
                continue
            if char not in self.commenters:
                break
            self._skip_comment()
        return char

    def _read_word(self, char):
        """Add what belongs to the word, char first. True if some of it stood in quotes."""
        is_quoted, posix, next_char = False, self.posix, self._next_char
        wordchars, whitespace, commenters = self.wordchars, self.whitespace, self.commenters
        while char or (char := next_char()):
            if char in whitespace:
                break
            if char in commenters:
                self._skip_comment()
                if posix:
                    break
            elif posix and char in self.quotes:
                is_quoted = True
                self._read_quoted(char)
            elif posix and char in self.escape:
                self.token += self._escaped_char()
            elif char in wordchars or char in self.quotes or self.whitespace_split and char not in self._punctuation:
                self.token += char
            else:  # it is a token of its own
                (self._unread_chars.append if self._punctuation else self.pushback.appendleft)(char)
                break
            char = ''
        return is_quoted

    def _read_punctuation(self, char):
        """Add a run of punctuation, char first."""
        while char:
            if char in self._punctuation:
                self.token += char
            elif char in self.whitespace:
                break
            elif char in self.commenters:
                self._skip_comment()
                if self.posix:
                    break
            else:
                self._unread_chars.append(char)
                break
            char = self._next_char()

    def _read_quoted(self, quote):
        """Add what stands before the closing quote."""
        while (char := self._next_char()) != quote:
            if not char:
                raise ValueError('No closing quotation')
            if self.posix and char in self.escape and quote in self.escapedquotes:
                escaped = self._escaped_char()
                self.token += escaped if escaped in (char, quote) else char + escaped
            else:
                self.token += char

    def _escaped_char(self):
        char = self._next_char()
        if not char:
            raise ValueError('No escaped character')
        return char

    # files that are read in between

    def push_source(self, newstream, newfile=None):
        """Read from this stream or string first."""
        self.filestack.appendleft((self.infile, self.instream, self.lineno))
        self.instream, self.infile, self.lineno = _as_stream(newstream), newfile, 1

    def pop_source(self):
        """Go back to the stream before."""
        self.instream.close()
        self.infile, self.instream, self.lineno = self.filestack.popleft()

    def sourcehook(self, newfile):
        """(name, open file) for the word that followed `source`; a relative name is looked up beside infile."""
        if newfile.startswith('"'):
            newfile = newfile[1:-1]
        if isinstance(self.infile, str) and not os.path.isabs(newfile):
            newfile = os.path.join(os.path.dirname(self.infile), newfile)
        return newfile, open(newfile)

    def error_leader(self, infile=None, lineno=None):
        """What a message begins with: "file", line 1: (editors find the place by it)."""
        name = self.infile if infile is None else infile
        line = self.lineno if lineno is None else lineno
        return f'"{name}", line {line}: '


def _as_stream(source):
    return StringIO(source) if isinstance(source, str) else source


def split(s, comments=False, posix=True):
    """The words of a shell command."""
    if s is None:
        import warnings
        warnings.warn("Passing None for 's' to shlex.split() is deprecated.", DeprecationWarning, stacklevel=2)
    lexer = shlex(s, posix=posix)
    lexer.whitespace_split = True
    if not comments:
        lexer.commenters = ''
    return list(lexer)


_SAFE = frozenset(ascii_letters + digits + '_@%+=:,./-')


def quote(s):
    """s as one word of a shell command."""
    if not s:
        return "''"
    if _SAFE.issuperset(s):
        return s
    inner = s.replace("'", "'\"'\"'")  # close, a quoted quote, open again
    return f"'{inner}'"


def join(split_command):
    """A shell command of these words."""
    return ' '.join(map(quote, split_command))
