# is...() methods over chosen characters
chars = ["", "a", "A", "1", " ", "\n", "_", "-", "\u00b2", "\u00bd", "\u0663", "\u2160", "\u4e00", "\u00a0", "\u2028", "\u200b", "\u0301", "\u00aa", "\u01c5", "\x00", "\x7f", "\xad", "\u3000", "\U0001f600", "\ud800", "ab1", "1 2", "aB", "Ab Cd", "def", "1a", "a b"]
for c in chars:
    print(ascii(c), *[int(getattr(c, m)()) for m in ("isalnum", "isalpha", "isascii", "isdecimal", "isdigit", "isidentifier", "islower", "isnumeric", "isprintable", "isspace", "istitle", "isupper")])
