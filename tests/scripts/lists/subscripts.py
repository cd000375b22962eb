# reading, storing and deleting items and slices of lists
def do(code):
    l = [0, 1, 2, 3, 4, 5]
    try: exec(code, {"l": l, "I": I}); print(code, "->", l)
    except Exception as e: print(code, "->", type(e).__name__, e)
class I:
    def __init__(self, v): self.v = v
    def __index__(self): return self.v
for code in ("l[0] = 'a'", "l[-1] = 'a'", "l[6] = 1", "l[-7] = 1", "l['a'] = 1", "l[1.0] = 1", "l[None] = 1", "l[I(2)] = 'I'", "l[2**70] = 1", "del l[0]", "del l[-1]", "del l[6]", "del l['a']", "l[1:3] = 'xyz'", "l[1:3] = []", "l[:] = []", "l[2:2] = [9, 9]", "l[5:1] = [9]", "l[::2] = 'abc'", "l[::2] = 'ab'", "l[::-1] = range(6)", "l[::-1] = range(5)", "l[1:5:2] = [8, 8]", "l[1:3] = 5", "l[::2] = 5", "l[1:2] = None", "l[10:] = [7]", "l[-100:2] = [7]", "del l[1:3]", "del l[:]", "del l[::2]", "del l[::-2]", "del l[5:1]", "del l[4:1:-1]", "del l[::0]", "l[::0] = []", "l['a':] = []", "l[I(1):I(3)] = 'I'", "l[:] = l", "l[1:1] = l", "l[::-1] = l", "l += 'ab'", "l += 5", "l *= 2", "l *= 0", "l *= 'a'", "l[0], l[1] = l[1], l[0]", "l[l[1]] = l[2]", "l[0][1] = 1", "l[1:3] += [7]", "l[0] += 10", "l[...] = 1", "l[1, 2] = 1", "del l[1, 2]", "del l"):
    do(code)
l = [0, 1, 2, 3, 4, 5]
for part in ("0", "-1", "6", "-7", "1:3", "::-1", "::2", "-3:", ":-3", "4:1:-1", "10:", "5:1", "None", "'a'", "1.5", "::0", "2**70:", "-2**70:2**70", "True", "1:2, 3", "slice(1, 3)", "slice(None)"):
    try: print(part, eval("l[" + part + "]"))
    except Exception as e: print(part, type(e).__name__, e)
