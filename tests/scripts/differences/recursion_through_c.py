"""Calls of types count towards the recursion limit.

Topic: limits
Cause: a call of a type from C enters one more level than in CPython, where some types have a shorter way.
Workaround: sys.setrecursionlimit.
"""
depth = 0
def m():
    global depth
    depth += 1
    return list(map(lambda x: m(), [1]))
try: m()
except RecursionError as e: print(depth, e)
