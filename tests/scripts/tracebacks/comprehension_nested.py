# nested comprehensions
rows = [[1, 2], [3, None]]
print([[v * 2 for v in row if v] for row in rows])
[{k: 1 // v for k, v in enumerate(row)} for row in [[1], [2, 0]]]
