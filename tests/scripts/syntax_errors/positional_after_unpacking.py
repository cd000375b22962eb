# a positional argument behind **
f(**{}, 1)
