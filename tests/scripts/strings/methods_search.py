# find, index, count, startswith, endswith, in: with starts, ends, tuples, errors
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


s = "abcabcabc"
for m in ("find", "rfind", "index", "rindex", "count", "startswith", "endswith"):
    f = getattr(s, m)
    for args in (("abc",), ("abc", 1), ("abc", 1, 5), ("abc", -3), ("abc", -100, 100), ("",), ("", 9), ("", 10), ("x",), ("abc", None, None), ("abc", None, 5), ("c", 2**70), ("abc", 5, 2), (5,), (), ("a", "b"), ("a", 1, 2, 3), (b"a",)):
        show(f, *args)
show(s.startswith, ("x", "abc")); show(s.endswith, ("x", "bc"), 1); show(s.startswith, ()); show(s.startswith, ("x", 5)); show(s.startswith, ["a"]); show(lambda: 5 in s); show(lambda: "" in ""); print("bca" in s, "cc" in s, "\u20ac" in s, "a\u20acb".find("\u20ac"), "a\u20acb".find("b"), "\U0001f600x".index("x"), "aaaa".count("aa"), "abc".count(""), "".count(""), "".find(""), "abc".rfind("", 1, 2))
