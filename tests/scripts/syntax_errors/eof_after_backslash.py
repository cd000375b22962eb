# the end of the file behind a backslash
x = 1 + \
