class CM:
    def __init__(self, name, suppress=False): self.name, self.suppress = name, suppress
    def __enter__(self):
        print("enter", self.name); return self.name
    def __exit__(self, t, v, tb):
        print("exit", self.name, t and t.__name__, v); return self.suppress
with CM("a") as a, CM("b") as b:
    print(a, b)
with (CM("c") as c, CM("d"),):
    print(c)
with CM("s", True):
    raise ValueError("x")
try:
    with CM("n"):
        raise KeyError("k")
except KeyError as e:
    print("caught", e)
def f():
    with CM("r"):
        return 1
print(f())
for i in range(2):
    with CM("loop"):
        if i == 0: continue
        break
try:
    with 5: pass
except TypeError as e: print(e)
class NoExit:
    def __enter__(self): pass
try:
    with NoExit(): pass
except TypeError as e: print(e)
