class A:
    def __init__(self): self.x = [1, 2, {3: "a" + str(4)}]
def g():
    yield from (i * 2.5 for i in range(5))
try:
    raise ValueError("x" * 10)
except ValueError as e:
    print(e, A().x, list(g()), f"{3:>5}", sorted("hello"), {1, 2} | {3})
