# import * in a function
def f():
    from os import *
