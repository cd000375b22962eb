# a block that is not there
# stderr: last
def f():
return 1
