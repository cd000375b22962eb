# empty brackets behind a name
x = [1]
x[]
