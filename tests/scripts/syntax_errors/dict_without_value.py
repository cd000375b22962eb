# a key without its value
x = {"a": 1, "b"}
