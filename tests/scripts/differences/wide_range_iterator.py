"""The iterator of a range of large ints has another type name.

Topic: identity
Cause: ranges past 60 bits iterate by index.
Workaround: none needed.
"""
print(type(iter(range(2**70))).__name__, type(iter(range(3))).__name__)
