# a NameError beside its line
total = 0
for i in range(3):
    totl += i  # expect: NameError: name 'totl' is not defined. Did you mean: 'total'?
