# a star with nothing behind
def f(a, *): pass
