# causes and contexts mixed
def one(): raise ValueError("one")
def two():
    try: one()
    except ValueError as e: raise TypeError("two") from e
def three():
    try: two()
    except TypeError: raise KeyError("three")
three()
