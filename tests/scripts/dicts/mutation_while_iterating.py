# dicts that change while something runs over them
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


def grow(d):
    for k in d: d[k + 100] = 1
def shrink(d):
    for k in d: del d[k]
def swap(d):
    for k in d:
        del d[k]; d[k + 100] = 1
def change(d):
    for k in d: d[k] = "new"
    return d
for f in (grow, shrink, change): show(f, {1: 1, 2: 2, 3: 3})
d = {1: 1, 2: 2}; it = iter(d); next(it); d[3] = 3; show(next, it); show(next, it); show(list, it)
d = {1: 1, 2: 2}; it = iter(d.items()); d.clear(); show(next, it); d = {1: 1}; it = iter(d); print(next(it)); show(next, it); d[2] = 2; show(next, it)
class K:
    def __hash__(self): return 1
    def __eq__(self, o): d.clear(); return False
d = {1: "a"}; print(d.get(K()), d); d = {1: "a", 2: "b"}; d[K()] = 5; print(len(d))
s = {1, 2, 3}
def sgrow():
    for v in s: s.add(v + 10)
def sshrink():
    for v in list(s): s.discard(v)
    return s
show(sgrow); show(sshrink); print({k: v for k, v in list({1: 2}.items())}, [k for k in {1: 2, 3: 4}])
