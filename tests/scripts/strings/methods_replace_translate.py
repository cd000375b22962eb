# replace, translate, maketrans, encode
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for args in (("a", "b"), ("a", "b", 1), ("", "-"), ("", "-", 2), ("a", ""), ("aa", "b"), ("a", "bb", 0), ("a", "b", -1), ("z", "y"), ("a",), ("a", 5), (5, "a"), ("a", "b", "c"), ("a", "\u20ac"), ("a", "b", 2**70)):
    show("aabaa".replace, *args)
show("".replace, "", "x"); show("".replace, "a", "x"); show("aXa".replace, "a", "a")
show(str.maketrans, "ab", "xy"); show(str.maketrans, {"a": "1", 98: None}); show(str.maketrans, "ab", "xy", "z"); show(str.maketrans, "ab", "x"); show(str.maketrans, {"ab": 1}); show(str.maketrans, 5); show(str.maketrans, {1.5: 1}); show(str.maketrans, "a", 5)
show("abc".translate, {97: "X", 98: None, 99: 100}); show("abc".translate, {}); show("abc".translate, "x" * 98 + "YZ"); show("abc".translate, {97: 1.5}); show("abc".translate, {97: 2**21}); show("abc".translate, 5); show("abc".translate, {97: "long", 98: "\u20ac"})
class T:
    def __getitem__(self, k):
        if k == 97: raise LookupError
        return chr(k + 1)
show("abc".translate, T())
for s in ("abc", "\u00e9", "\u20ac", "\U0001f600", "\ud800", ""):
    for enc in ("utf-8", "ascii", "latin-1", "utf-16-le", "utf-16", "utf-32-be", "cp1252"):
        show(s.encode, enc)
    show(s.encode, "ascii", "replace"); show(s.encode, "ascii", "ignore"); show(s.encode, "ascii", "xmlcharrefreplace"); show(s.encode, "ascii", "backslashreplace"); show(s.encode, "utf-8", "surrogatepass")
show("a".encode, "nope"); show("a".encode, "utf-8", "nope"); show("\u20ac".encode, "ascii", "nope"); show("a".encode, 5); show("a".encode, errors=5); show("a".encode, "utf_8"); show("a".encode, "U8"); show("a".encode, "UTF8"); show("\xe9".encode, "Latin1"); show("a".encode, "a\0b")
