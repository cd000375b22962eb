# a very long source line
x = [1, 2, 3]; y = x[0] + x[1] + x[2] + x[0] + x[1] + x[2] + x[0] + x[1] + x[2] + x[0] + x[1] + x[2] + x[0] + x[1] + x[2] + x[99] + x[0] + x[1]
