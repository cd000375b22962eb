# a brace that is not closed
x = f"{1 + 2"
