# C code between two Python frames leaves no frame of its own
import functools
def add(a, b): return a + b
functools.reduce(add, [1, 2, "3"])
