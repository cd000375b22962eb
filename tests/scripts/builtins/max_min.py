# max and min: keys, defaults, ties, errors
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for f in (max, min):
    show(f, 3, 1, 2); show(f, [3, 1, 2]); show(f, "hello"); show(f, [], default=None); show(f, []); show(f, ()); show(f); show(f, 5); show(f, 1, "a"); show(f, [1], [2], default=1)
    show(f, ["bb", "a", "cc"], key=len); show(f, "b", "aa", key=len); show(f, [1, 2], key=None); show(f, [1, 2], key=5); show(f, [], key=len, default="d"); show(f, 1, 2, what=3); show(f, {"a": 2, "b": 1}, key={"a": 2, "b": 1}.get)
    show(f, [1, 1.0, True]); show(f, 1.0, 1); show(f, True, 1); show(f, [(1, "b"), (1, "a")]); show(f, [[]], [[]]); show(f, float("nan"), 1); show(f, 1, float("nan"))
    show(f, [1j, 2j]); show(f, iter([2, 3])); show(f, *[4, 5]); show(f, 1, 2, default=5)
