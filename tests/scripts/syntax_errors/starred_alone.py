# a starred expression by itself
x = *[1, 2]
