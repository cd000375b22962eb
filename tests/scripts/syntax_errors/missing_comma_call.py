# two arguments without a comma
print(len("a") len("b"))
