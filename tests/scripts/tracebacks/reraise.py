# raised again: the line of the first raise and of the bare raise
def f():
    try:
        g()
    except ValueError as e:
        print("logging", e)
        raise
def g():
    raise ValueError("from g")
f()
