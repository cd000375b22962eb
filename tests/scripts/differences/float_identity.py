"""Equal floats and equal ints are one object.

Topic: identity
Cause: ints up to 62 bits and most floats are immediate values, not objects; `is` and id() see the value.
Workaround: none needed; CPython does not promise identity of numbers either.
"""
a, b = 1.5, 3.0
print(a + a is b, id(a + a) == id(b))
