"""sys.getrefcount of a number tells nothing.

Topic: identity
Cause: immediate values are not counted.
Workaround: look at the count of a list or another object.
"""
import sys
print(sys.getrefcount(12345.5) > 1000, sys.getrefcount([]) < 3)
