def f(x):
    match x:
        case [1, *rest] | (2, *rest): return rest
        case {'k': v, **r} if v > 1: return v, r
        case int(n) | str(n): return n
        case None | True: return 'c'
        case _: return x
print([f(x) for x in ([1, 2], {'k': 2, 'j': 3}, 5, 'a', None, 1.5)])
