# a parameter cannot be global
def f(a):
    global a
