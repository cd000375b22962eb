# a TypeError beside its line
def greet(name):
    return "hello " + name  # expect: TypeError: can only concatenate str (not "int") to str
print(greet("you"))
print(greet(5))
