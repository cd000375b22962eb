# a colon with nothing behind
x = {"a": 1, "b": }
