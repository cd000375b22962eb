# empty braces in an f-string
x = f"{}"
