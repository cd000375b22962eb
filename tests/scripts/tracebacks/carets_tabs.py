# a line that begins with tabs
def f():
	if True:
		return {}["tabs"] + 1
f()
