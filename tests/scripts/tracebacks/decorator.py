# an error in a decorator, and one in what it wrapped
def deco(f):
    def wrapper(*a): return f(*a)
    return wrapper
@deco
def inner(x):
    return x.missing
inner(5)
