# eval in eval
def f(): return eval("g() + 1")
def g(): return eval("1 / 0")
f()
