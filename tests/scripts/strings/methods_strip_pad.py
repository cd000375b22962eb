# strip, center, ljust, rjust, zfill, expandtabs, removeprefix, removesuffix
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for s in ("", "  ab \n", "xxabxyx", "\u2003a\u2003", "xyx"):
    for args in ((), (None,), ("x",), ("xy",), ("",), (5,), ("a", "b"), (b"x",)):
        show(s.strip, *args); show(s.lstrip, *args); show(s.rstrip, *args)
for m in ("center", "ljust", "rjust"):
    for args in ((5,), (6,), (0,), (-1,), (5, "*"), (5, "\u20ac"), (5, ""), (5, "ab"), (5, 5), ("5",), (), (5.0,)):
        show(getattr("abc", m), *args)
for s in ("5", "-5", "+5", "", "abc", "--5", " 5"):
    print(repr(s.zfill(4)), repr(s.zfill(0)))
show("5".zfill, "a"); show("5".zfill); show("a\tb\tc".expandtabs); show("a\tb".expandtabs, 4); show("\ta\n\tb".expandtabs, 2); show("a\tb".expandtabs, 0); show("a\tb".expandtabs, -1); show("a\tb".expandtabs, tabsize=3); show("a".expandtabs, "x")
show("abcabc".removeprefix, "abc"); show("abcabc".removesuffix, "abc"); show("abc".removeprefix, ""); show("abc".removeprefix, "abcd"); show("abc".removesuffix, 5); show("abc".removeprefix)
