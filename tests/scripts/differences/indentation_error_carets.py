"""An IndentationError that ends a script underlines the whole word.

Topic: tracebacks
Cause: CPython's printer of last resort shows one caret; gilly shows what its traceback module shows.
Workaround: none needed.
"""
def f():
return 1
