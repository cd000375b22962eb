# if without else in an expression
x = 1 if True
