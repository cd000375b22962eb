# a call cannot be deleted
del f(x)
