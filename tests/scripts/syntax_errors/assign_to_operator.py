# an expression is no target
a = b = 1
a + b = c
