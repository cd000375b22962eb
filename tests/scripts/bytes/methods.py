# methods of bytes and bytearray that str has too
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for T in (bytes, bytearray):
    s = T(b" aXbXXc ")
    for m, args in (("upper", ()), ("lower", ()), ("title", ()), ("capitalize", ()), ("swapcase", ()), ("strip", ()), ("strip", (b" a",)), ("strip", ("a",)), ("lstrip", (None,)), ("rstrip", (b" c",)), ("split", ()), ("split", (b"X",)), ("split", (b"X", 1)), ("rsplit", (b"X", 1)), ("split", (b"",)), ("split", ("X",)), ("splitlines", ()), ("partition", (b"X",)), ("rpartition", (b"X",)), ("partition", (b"",)), ("partition", ("X",)), ("find", (b"X",)), ("find", (88,)), ("find", (300,)), ("find", ("X",)), ("rfind", (b"X", 0, 4)), ("index", (b"q",)), ("rindex", (0,)), ("count", (b"X",)), ("count", (88,)), ("count", (b"",)), ("replace", (b"X", b"--")), ("replace", (b"X", b"", 1)), ("replace", ("X", b"")), ("startswith", (b" a",)), ("startswith", ((b"q", b" "),)), ("startswith", ("a",)), ("endswith", (b" ", -1)), ("center", (12, b"*")), ("center", (12, "*")), ("center", (12, b"ab")), ("ljust", (10,)), ("rjust", (10, b".")), ("zfill", (12,)), ("expandtabs", ()), ("hex", ()), ("hex", (":",)), ("hex", ("-", 2)), ("hex", ("-", -2)), ("hex", ("ab",)), ("decode", ()), ("isalpha", ()), ("isspace", ()), ("isalnum", ()), ("isdigit", ()), ("isascii", ()), ("islower", ()), ("isupper", ()), ("istitle", ()), ("join", ([b"1", bytearray(b"2")],)), ("join", (["a"],)), ("join", ([5],)), ("removeprefix", (b" ",)), ("removesuffix", (b" ",)), ("removeprefix", (" ",)), ("translate", (None, b"X")), ("translate", (bytes(range(256)),)), ("translate", (b"x",)), ("nope", ())):
        show(lambda: getattr(s, m)(*args))
print(bytes.maketrans(b"ab", b"xy")[97:99], b"\x00\xff".hex(), b"\x00\xff\x10".hex("_", 1), b"abcde".hex(" ", 2), b"abcde".hex(" ", -2), b"%s-%d-%r-%x-%a-%b-%c" % (b"a", 5, "x", 255, "y", b"z", 65), b"%5d|%-5d|%05d" % (1, 2, 3))
show(bytes.maketrans, b"a", b"xy"); show(lambda: b"%s" % "a"); show(lambda: b"%d" % "a"); show(lambda: b"%c" % 256); show(lambda: b"%s" % 5); show(lambda: b"%q" % 5); show(lambda: b"%s %s" % (b"a",)); show(lambda: b"%(a)s" % {b"a": b"v"})
