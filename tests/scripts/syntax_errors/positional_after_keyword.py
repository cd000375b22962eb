# a positional argument behind a keyword
f(a=1, 2)
