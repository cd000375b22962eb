# a string without its end
x = "abc
y = 1
