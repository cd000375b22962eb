# from None hides the context
try:
    int("x")
except ValueError:
    raise KeyError("clean") from None
