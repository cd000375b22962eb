# __getitem__, __setitem__, __delitem__, __contains__, __iter__, __missing__, __class_getitem__
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class C:
    def __getitem__(self, k): return ("get", k)
    def __setitem__(self, k, v): print("set", k, v)
    def __delitem__(self, k): print("del", k)
c = C(); print(c[1], c["a"], c[1:2], c[1, 2], c[::2], c[...], c[None], c[()]); c[1] = 2; c[1:2] = 3; c[1, 2] = 4; del c[0], c[1:2]; c["n"] += ("x",)
for code in ("5[0]", "None[0]", "len[0]", "(lambda: 0)[0]", "object()[0]", "int[0]", "type[0]", "list[0]", "dict[int, str]", "{1}[0]", "iter([])[0]", "1.5['a']", "print['x']", "...[0]"):
    show(lambda: eval(code))
def st(code): exec(code, {"o": object(), "t": (1,), "s": "a"})
for code in ("5[0] = 1", "o[0] = 1", "t[0] = 1", "s[0] = 1", "del o[0]", "del t[0]", "del s[0]", "None[0] = 1", "o[0] += 1", "range(3)[0] = 1", "b'a'[0] = 1", "del range(3)[0]"):
    show(st, code)
class G:
    def __class_getitem__(cls, k): return (cls.__name__, k)
class H(G): pass
print(G[int], H[1, 2]); show(lambda: G()[0])
class OnlyContains:
    def __contains__(self, v): return v == 1
class OnlyIter:
    def __iter__(self): yield from (1, 2)
class OnlyGet:
    def __getitem__(self, i): return [1, 2][i]
class Nothing: pass
print(1 in OnlyContains(), 2 in OnlyIter(), 3 in OnlyIter(), 2 in OnlyGet(), 3 in OnlyGet(), 5 not in OnlyContains()); show(lambda: 1 in Nothing()); show(list, OnlyContains()); print(list(OnlyGet()), *OnlyIter()); a, b = OnlyGet(); print(a, b); show(lambda: len(OnlyGet())); show(lambda: 1 in 5); show(lambda: "a" in None)
class Neg:
    def __len__(self): return 3
    def __getitem__(self, i): return i
print(Neg()[-1], Neg()[-1:], list(reversed(Neg())))
