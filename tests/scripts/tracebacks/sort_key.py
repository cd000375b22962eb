# a key function called from C code
def key(v): return 10 // v
print(sorted([5, 2, 1], key=key))
sorted([1, 0, 2], key=key)
