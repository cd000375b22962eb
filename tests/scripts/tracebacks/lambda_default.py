# lambdas and default arguments
f = lambda x, y=[]: x[y]
f({}, "key")
