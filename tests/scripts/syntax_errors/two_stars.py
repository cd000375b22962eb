# two star parameters
def f(*a, *b): pass
