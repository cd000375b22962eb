# slice objects
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for args in ((), (1,), (1, 2), (1, 2, 3), (None,), ("a", [], 1.5), (1, 2, 3, 4)):
    show(slice, *args)
s = slice(1, 10, 2); print(s.start, s.stop, s.step, s == slice(1, 10, 2), s != slice(1), s < slice(2), repr(s)); show(hash, s); show(setattr, s, "start", 1); show(lambda: s.x); show(lambda: slice(start=1)); show(lambda: s == 5)
for s, n in ((slice(None), 5), (slice(1, -1), 5), (slice(None, None, -1), 5), (slice(10, 20), 5), (slice(-10, 3), 5), (slice(3, 0, -1), 5), (slice(0, 5, 3), 5), (slice(1, 2), 0), (slice(None, None, 0), 5), (slice("a"), 5), (slice(1), -1), (slice(1), "a"), (slice(2**70, None, -1), 5), (slice(None, -2**70, -1), 5)):
    show(s.indices, n)
class S:
    def __getitem__(self, k): return k
    def __setitem__(self, k, v): print("set", k, v)
    def __delitem__(self, k): print("del", k)
x = S(); print(x[1], x[1:2], x[:], x[::], x[1:2:3], x["a":"b"], x[1, 2], x[1:2, ::3], x[...], x[()], x[1,], x[*[1, 2]], x[-1:], x[None:None])
x[1:2] = 3; del x[::2]; x[1, 2:3] = 4; x[:] += "s" if False else slice(0) if False else x[0:0] and [] if False else ()
