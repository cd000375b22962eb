# +, *, in, comparison and copying of lists
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


a = [1, [2], "x"]
print(a + [4], a * 2, 2 * [0], [1] * 0, [1] * -5, [2] in a, 2 in a, a == [1, [2], "x"], a != [1], [1, 2] < [1, 3], [1] < [1, 0], [] < [0], [2] > [1, 9], [1, 2] <= [1, 2], [[1], [2]] > [[1], [1, 5]], [float("nan")] == [float("nan")], [1] == (1,), not [], a[1] is a.copy()[1], [0] * 3 == [0, 0, 0], [[]] * 2)
for f in (lambda: [1] + (2,), lambda: [1] + "a", lambda: [1] * [2], lambda: [1] * 1.5, lambda: [1] < (1,), lambda: [1] < ["a"], lambda: [1, "a"] < [1, 2], lambda: [1] - [1], lambda: -[1], lambda: hash([]), lambda: {[]: 1}, lambda: [] % 1, lambda: [] < None, lambda: [1j] < [2j], lambda: 1 in 5, lambda: [1] * 2**62, lambda: [] @ [], lambda: [](), lambda: [].x):
    show(f)
l = [1]; m = l; l += [2]; print(m, l is m); l = l + [3]; print(m, l); grid = [[0] * 2] * 2; grid[0][0] = 1; print(grid)
class E:
    def __eq__(self, other): return True
print(E() in [1], [1].index(E()), [E()] == [5], [1, 2].count(E())); r = [1, 2]; r.append(r); print(r, r[2] is r, repr([r]))
show(lambda: r == [1, 2, r])
s = [1]; s.append(s); t = [1]; t.append(t); show(lambda: s == t)
