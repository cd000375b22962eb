# a compound statement without its colon
def f(x):
    if x > 1
        return x
