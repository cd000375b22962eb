# dict and set comprehensions
print({i: i * i for i in range(3)}, {k: v for k, v in [("a", 1), ("a", 2)]}, {v: k for k, v in {"x": 1}.items()}, sorted({i % 3 for i in range(10)}), {(i, j): i for i in range(2) for j in range(2) if i != j}, {i: {j for j in range(i)} for i in range(2)}, {**{i: i for i in range(2)}, 5: 6}, {x.upper() for x in "a"}, {len(w): w for w in ("a", "bb", "c")})
