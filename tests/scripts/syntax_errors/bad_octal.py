# a digit that is not octal
x = 0o18
