print([x * y for x in range(3) for y in range(3) if x != y])
print({x: x ** 2 for x in range(4)}, {x % 3 for x in range(10)})
print(list(x for x in "abc"), sum(x for x in range(5)))
print([[j for j in range(i)] for i in range(4)])
x = "outer"
print([x for x in range(2)], x)
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
print([y := 5, y], [z for q in range(3) if (z := q)])
print([a for a, b in [(1, 2), (3, 4)]], {k: v for k, v in zip("ab", [1, 2])})
class C:
    n = 3
    l = [i for i in range(n)]
print(C.l)
def gen():
    return (i for i in range(3))
print(list(gen()), *gen())
print(any(x > 2 for x in [1, 2, 3]), all([]), max((len(w), w) for w in ["a", "bb"]))
m = [[1, 2], [3, 4]]
print([list(r) for r in zip(*m)], [v for row in m for v in row if v % 2])
