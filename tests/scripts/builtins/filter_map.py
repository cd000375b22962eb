# filter and map: laziness, several iterables, errors
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


show(lambda: list(filter(None, [0, 1, "", "a", [], [0]]))); show(lambda: list(filter(lambda v: v > 1, [1, 2, 3]))); show(lambda: list(filter(str.isalpha, "a1b2")))
show(filter, None); show(filter, None, 5); show(lambda: list(filter(5, [1]))); show(lambda: list(filter(lambda: 1, [1]))); show(lambda: filter(None, [], x=1))
show(lambda: list(map(str, [1, 2]))); show(lambda: list(map(lambda a, b: a + b, [1, 2, 3], [10, 20]))); show(lambda: list(map(pow, [2, 3], [3, 2], [5, 7])))
show(map, len); show(map); show(lambda: list(map(len, [1]))); show(map, len, 5); show(lambda: list(map(None, [1])))
m = map(lambda v: print("call", v) or v, [1, 2]); print("made", type(m).__name__); print(next(m)); print(list(m)); print(list(m), iter(m) is m)
def stop(v):
    if v == 2: raise StopIteration
    return v
print(list(map(stop, [1, 2, 3]))); f = filter(lambda v: 1 // v, [1, 0, 2]); show(next, f); show(next, f); show(next, f)
