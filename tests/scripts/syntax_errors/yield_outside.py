# yield outside a function
x = [i for i in range(3)]
yield x
