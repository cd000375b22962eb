# a line that fits no block
if True:
        x = 1
    y = 2
