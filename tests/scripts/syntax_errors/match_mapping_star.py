# **rest that is not last
match 5:
    case {**rest, "k": 1}: pass
