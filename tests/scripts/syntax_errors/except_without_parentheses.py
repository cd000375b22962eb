# several exceptions without parentheses
try:
    pass
except ValueError, TypeError:
    pass
