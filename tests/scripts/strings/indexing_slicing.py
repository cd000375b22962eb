# subscripts of str
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


s = "h\u00e9llo\U0001f600"
for i in (0, 5, -1, -6, 6, -7, True, 1.0, "a", None, 2**70, slice(1, 3), slice(None, None, -1), slice(-2, None), slice(0, 100, 2), slice(5, 1, -2), slice(None, None, 0), slice("a"), slice(2**70), slice(-2**70, 2**70)):
    show(lambda i=i: ascii(s[i]))
class I:
    def __index__(self): return 1
class Bad:
    def __index__(self): return "x"
show(lambda: s[I()] == "\xe9"); show(lambda: s[Bad()]); show(lambda: s[I():3] == "\xe9l"); show(lambda: s[1, 2])
def store(): s[0] = "x"
def remove(): del s[0]
def store_slice(): s[0:1] = "x"
show(store); show(remove); show(store_slice); print(list(s) == [*s], len(s), s * 2 == s + s, s * 0, s * -1, 2 * "ab", "ab" * True); show(lambda: "a" * 1.5); show(lambda: "a" * "b"); show(lambda: "a" + 5); show(lambda: "a" + b"b"); show(lambda: "a" * 2**70); show(lambda: "a" - "b"); show(lambda: -"a"); show(lambda: "a" < 5); print("a" == 5, "a" != b"a", "a" < "b", "a" < "B", "" < "a", "ab" > "abc", "\uffff" < "\U00010000")
