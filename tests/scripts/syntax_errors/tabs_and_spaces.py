# tabs and spaces that do not agree
# stderr: last
if True:
        x = 1
	y = 2
