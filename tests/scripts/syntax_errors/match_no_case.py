# match with something other than case
match 5:
    x = 1
