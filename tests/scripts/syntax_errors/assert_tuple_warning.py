# warnings of the compiler, and then an error
assert (1, "always true")
x = 5
if x is 5: pass
print([1, 2] [0, 1] if False else "warned")
"a" "b"()
