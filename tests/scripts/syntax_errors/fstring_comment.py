# a comment inside braces
x = f"{1 # 2}"
