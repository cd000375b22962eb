# split, rsplit, splitlines, partition, join
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for s in ("", " ", "a b  c ", ",a,,b,", "a\tb\nc\x1cd\u2003e", "aXXbXXc"):
    for args in ((), (None,), (None, 1), (",",), (",", 1), ("XX",), ("XX", 0), (" ", -1), ("",), (5,), (None, "a"), (",", 1, 2)):
        show(s.split, *args); show(s.rsplit, *args)
show("a b c".split, sep=" ", maxsplit=1); show("a b c".split, maxsplit=1); show("a b".split, x=1)
for s in ("", "\n", "a\nb", "a\r\nb\rc\n", "a\vb\fc\x1cd\x1de\x1ef\x85g\u2028h\u2029i", "\n\n"):
    print(s.splitlines(), s.splitlines(True), s.splitlines(keepends=False))
for s in ("a=b=c", "abc", "=", ""):
    print(s.partition("="), s.rpartition("="))
show("a".partition, ""); show("a".partition, 5); show("a".rpartition); show("a".splitlines, "x")
show("-".join, "abc"); show("".join, []); show(", ".join, ["a"]); show("-".join, ["a", 5]); show("-".join, 5); show("-".join, [b"a"]); show("\u20ac".join, ["a", "\U0001f600"]); show("-".join, (c for c in "xy")); show("-".join, {"k": 1}); show("x".join, [None]); show("a".join); show(lambda: "".join(["a", "b"], 1))
