# weakref's containers, WeakMethod and finalize
import copy
import gc
import weakref


class Thing:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f'<{self.name}>'

    def method(self):
        return self.name


def attempt(f, *args):
    try:
        print(repr(f(*args)))
    except Exception as e:
        print(type(e).__name__ + ':', e)


a, b, c = things = [Thing(n) for n in 'abc']
v = weakref.WeakValueDictionary({1: a, 2: b}, three=c) if False else weakref.WeakValueDictionary([(1, a), (2, b)], three=c)
print(sorted(map(str, v.keys())), list(v.values()), list(v.items()), len(v), 1 in v, 9 in v)
print(v[1], v.get(9), v.get(9, 'none'), v.setdefault(1, c), v.setdefault(4, c), v.pop(4), v.pop(4, 'gone'))
attempt(v.__getitem__, 9)
attempt(v.pop, 9)
attempt(v.__setitem__, 5, 5)
attempt(v.__delitem__, 9)
print(v | {7: a} == v, list((v | {7: a}).items()), list(({7: b} | v).items()), type(v | {}))
v |= {8: b}
print(v.copy() is v, list(v.copy()), list(copy.deepcopy(v)), [r() for r in v.valuerefs()], [r() for r in v.itervaluerefs()])
for key in v:
    if key == 1:
        things[0] = a = None
        gc.collect()
print(list(v))
print(v.popitem(), repr(v)[:20])
v.clear()
print(len(v), list(v), bool(v))
attempt(v.popitem)

k = weakref.WeakKeyDictionary({b: 1})
k[c] = 2
print(dict(k), k[b], k.get(5) if False else k.get(b), b in k, 5 in k, len(k), [r() for r in k.keyrefs()])
try:
    k[Thing('x')]
except KeyError as e:
    print(type(e.args[0]).__name__)
attempt(k.__setitem__, 5, 5)
attempt(k.get, 5)
print(k.setdefault(b, 9), k.pop(b), k.pop(b, 'gone'), list(k.keys()), list(k.values()), list(k.items()))
print((k | {b: 3})[b], ({b: 3} | k)[c], list(copy.deepcopy(k).values()))
things.clear()
del c
gc.collect()
print(len(k), list(k))

s = weakref.WeakSet([b])
d = Thing('d')
s.add(d)
s.add(d)
print(len(s), b in s, 5 in s, sorted(map(repr, s)), s == {b, d}, s == weakref.WeakSet([d, b]), s != weakref.WeakSet([d]))
print(s | {b} == s, s & {b}, len(s - {b}), len(s ^ {b}), s <= {b, d}, s < {b, d}, s >= {b}, s.isdisjoint({b}), s.issuperset([d]), s.issubset([d])) if False else None
print(len(s | [Thing('e')]), len(s & [b]), len(s - [b]), len(s ^ [b]), s <= weakref.WeakSet([b, d]), s < weakref.WeakSet([b, d]), s.isdisjoint([b]), s.issuperset([d]), s.issubset([d]))
s -= weakref.WeakSet([b])
s |= [b]
s &= [b]
s ^= [b, d]
print(list(s))
s.discard(b)
try:
    s.remove(b)
except KeyError as e:
    print('KeyError', type(e.args[0]).__name__)
attempt(s.add, 5)
print(s.pop())
attempt(s.pop)

m = weakref.WeakMethod(b.method)
print(m()(), m == weakref.WeakMethod(b.method), m != weakref.WeakMethod(d.method), hash(m) == hash(weakref.ref(b)))
attempt(weakref.WeakMethod, print)
m2 = weakref.WeakMethod(d.method, lambda r: print('method died', r() is None))
f = weakref.finalize(d, print, 'finalized', end='!\n')
print(f.alive, f.atexit, f.peek()[1] is print, f.peek()[2:], repr(f)[:17])
del d
print(m2(), m2 == m2, f.alive, f.peek(), f.detach(), f(), f.atexit)
g = weakref.finalize(b, print, 'called by hand')
g()
g()
h = weakref.finalize(b, print, 'never')
print(h.detach()[2], h.alive)
weakref.finalize(b, print, 'first made, last at exit')
weakref.finalize(b, print, 'last made, first at exit')
quiet = weakref.finalize(b, print, 'not at exit')
quiet.atexit = False
for text in 'weakref.ref(5)', 'weakref.ref()', 'weakref.proxy(5)', 'weakref.proxy(b).name', 'weakref.finalize(5, print)', 'weakref.finalize(b)', 'weakref.getweakrefcount(b) > 0', 'weakref.ref(b)() is b':
    attempt(eval, text)
