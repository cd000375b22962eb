# global after the name was used
x = 0
def f():
    print(x)
    global x
