# a conversion that is not known
x = f"{1!z}"
