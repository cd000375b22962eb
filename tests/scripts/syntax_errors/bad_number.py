# a number with a letter behind
x = 12abc
