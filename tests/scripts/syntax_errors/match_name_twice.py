# a name bound twice in a pattern
match 5:
    case [x, x]: pass
