l = [3, 1, 2]
l.append(4); l.extend("ab"); l.insert(1, "x"); print(l, l.pop(), l.pop(0), l.index(2), l.count(1))
l.remove("x"); l.reverse(); print(l); l.clear(); print(l, [1, 2] == [1, 2], [1, 2] < [1, 3], [1] * 3, [[]] * 2)
a = [5, 3, 9, 1]; a.sort(); print(a, sorted(a, reverse=True), sorted(["b", "A", "c"], key=str.lower))
a.sort(key=lambda v: -v); print(a)
b = a[:]; b[0] = 100; print(a, b, a.copy() is a)
c = list(range(10)); del c[::3]; print(c); c[2:4] = []; print(c); c[:0] = [9, 9]; print(c); c += (1, 2); print(c); c *= 2; print(len(c))
r = [1]; r.append(r); print(r, repr(r), r == r)
for f in [lambda: [].pop(), lambda: [1].remove(2), lambda: [1].index(5), lambda: [1, "a"].sort(), lambda: [1][1.0], lambda: [1] + (2,), lambda: [].insert(), lambda: [1, 2, 3].__setitem__(slice(0, 3, 2), [1]), lambda: list(5)]:
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(tuple([1, 2]), (1,), (), (1, 2) + (3,), (1, 2) < (1, 2, 3), hash((1, 2)) == hash((1, 2)), (1, 2).count(1), (1, 2).index(2))
print([1, 2, 3].__len__(), max([1, 5, 2]), min("cab"), sum([1.5, 2]), list(reversed([1, 2])), list(zip([1, 2], "ab")), list(enumerate("ab", 1)))
x = [1, 2, 3]
for i in x:
    if i == 1: x.remove(1)
print(x, [[1, 2], [3]][0][1], [i for i in [0] * 3], list(map(str, [1, 2])), list(filter(None, [0, 1, 2])))
