# a wildcard that is not last
match 5:
    case _: pass
    case 1: pass
