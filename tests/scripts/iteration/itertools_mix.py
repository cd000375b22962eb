# itertools on small inputs
import itertools as it
print(list(it.chain("ab", [1])), list(it.chain.from_iterable(["ab", "c"])), list(it.islice(it.count(5, 2), 3)), list(it.islice("abcdef", 1, 5, 2)), list(it.zip_longest("ab", "c", fillvalue="-")), list(it.product("ab", repeat=2))[:3], list(it.permutations("abc", 2))[:3], list(it.combinations("abc", 2)), list(it.combinations_with_replacement("ab", 2)), list(it.accumulate([1, 2, 3])), list(it.accumulate([1, 2, 3], lambda a, b: a * b, initial=10)), [(k, list(g)) for k, g in it.groupby("aabbb")], list(it.takewhile(lambda v: v < 3, [1, 2, 3, 1])), list(it.dropwhile(lambda v: v < 3, [1, 3, 1])), list(it.filterfalse(None, [0, 1])), list(it.starmap(pow, [(2, 3)])), list(it.compress("abc", [1, 0, 1])), list(it.pairwise("abc")), [list(t) for t in it.tee("ab")], list(it.islice(it.cycle("ab"), 5)), list(it.repeat(1, 3)))
for f in (lambda: it.islice("a", -1), lambda: it.count("a"), lambda: list(it.combinations("a", -1)), lambda: it.repeat(), lambda: list(it.chain(5)), lambda: it.product("a", repeat=-1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
