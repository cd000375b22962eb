"""Carets under a SyntaxError that ends a script stand under the characters.

Topic: tracebacks
Cause: CPython 3.11 counts bytes there when the file has no coding line, so its carets drift to the right of accented letters.
Workaround: none needed.
"""
größe = 5 6
