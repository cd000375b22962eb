# an error while a generator is closed
def g():
    try: yield 1
    finally: [].pop()
x = g()
next(x)
x.close()
