d = {}
for i in range(60): d[i] = str(i)
for i in range(30): del d[i]
d.update({'a': 1}, b=2); d |= {'c': []}; e = dict(d); sorted(d.items(), key=str); d.setdefault('z', []).append(1); d.popitem()
s = set(range(60)); s |= {'a'}; s - {1, 2}; s ^ {3}; frozenset(s) & s; s.discard(5); s.update([1, 2, 'q'])
l = []
for i in range(100): l.append(i); l.insert(0, [i])
l.sort(key=str); l[3:9] = range(20); l[::2]; l * 2; l + [1]; l.extend(x for x in range(20)); del l[5:50]; l.reverse(); l.copy().clear()
t = tuple(l); t + t; t[1:]; hash(t[:1] and (1, 2)); t.count(3); (1, [2]) < (1, [3])
list(reversed(l)), list(enumerate(l)), max(l, key=str), all(l), [*l, *t], {**e}
b = bytearray(b'abc')
for i in range(100): b.append(i)
b += b'xyz'; b[2:5] = b'-' * 20; bytes(b).split(b'-'); memoryview(b)[1:3].tolist(); b.hex()
str(d), repr(s), repr(l), str(t), repr(b)
slice(1, 2), range(10**20)[5], [1, 2, 3] == [1, 2, 3.0], l.index(l[3])
