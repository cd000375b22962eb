# the end of the file where a block should be
# stderr: last
def f():
