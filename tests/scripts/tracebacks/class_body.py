# an error in a class body inside a function
def make():
    class Broken:
        good = 1
        bad = good / 0
make()
