# a backslash inside braces
x = f"{'\n'}"
