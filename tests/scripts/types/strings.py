s = "Hello, Wörld"
print(len(s), s.upper(), s.lower(), s.swapcase(), s.title(), s.capitalize(), s.casefold())
print(s.find("o"), s.rfind("o"), s.index("l"), s.count("l"), s.replace("l", "L", 1), s.startswith(("x", "He")), s.endswith("d"))
print("a,b,,c".split(","), " a b ".split(), "a b c".rsplit(" ", 1), "l1\nl2\r\nl3".splitlines(), "k=v=w".partition("="), "k=v=w".rpartition("="))
print("-".join("abc"), "  x ".strip() + "|", "xxaxx".strip("x"), "x".center(5, "*"), "x".ljust(3) + "|", "x".rjust(3), "7".zfill(3), "-7".zfill(4))
print("abc".isalpha(), "1".isdigit(), "a1".isalnum(), " ".isspace(), "A".isupper(), "a".islower(), "Ab".istitle(), "a_1".isidentifier(), "½".isnumeric(), "\n".isprintable())
print("abc".translate({97: "X", 98: None}), "abc".translate(str.maketrans("ab", "yz")), "a\tb".expandtabs(4), "pre-x".removeprefix("pre-"), "x.py".removesuffix(".py"))
print(repr("it's"), repr('q"'), repr("a'b\"c"), repr("\x00\n\t\\é\u200b\U0001f600"), ascii("é😀"), "é".encode(), "é".encode("latin-1"), b"\xc3\xa9".decode())
print("abc" < "abd", "a" * 0 == "", "é" > "z", "😀"[0], len("😀"), ord("😀"), chr(128512), "x" in "xyz", "" in "a")
print("%s" % "a", "abc"[::-1], "abc"[1], "a" "b", r"\n", "line\
cont")
for f in [lambda: "a" + 1, lambda: "abc"[5], lambda: "a".index("z"), lambda: "é".encode("ascii"), lambda: b"\xff".decode(), lambda: "".join([1]), lambda: "a".split(""), lambda: "x".foo, lambda: "a" < 1, lambda: chr(-1), lambda: ord("ab")]:
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(str(b"a", "utf-8"), str(5), str(), repr(str), "a".__class__, hash("a") == hash("a"), sorted("hello"), list("hi"), set("a"))
t = ""
for i in range(1000): t += chr(97 + i % 26)
print(len(t), t[:30], t.count("abc"))
