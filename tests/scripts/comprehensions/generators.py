# generator expressions: lazy, once, first iterable at once
def src(n): print("src", n); return range(n)
g = (i for i in src(3)); print("made"); print(list(g), list(g)); h = (j for i in src(2) for j in src(i)); print("made"); print(list(h))
try: (i for i in None)
except TypeError as e: print(e)
k = (1 // i for i in (1, 0)); print(next(k))
try: next(k)
except ZeroDivisionError as e: print(e)
print(next(k, "finished"), sum(i for i in range(4)), max((len(w) for w in ("a", "bbb")), default=0))
