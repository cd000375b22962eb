# two functions that call each other do not count as repeated
import sys
sys.setrecursionlimit(60)
def ping(n): return pong(n)
def pong(n): return ping(n)
try: ping(1)
except RecursionError as e: print(e)
def twice(n):
    if n == 0: raise ValueError("bottom")
    twice(n - 1)
twice(6)
