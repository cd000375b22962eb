# assert with a message and a long expression
def check(values):
    assert all(v > 0 for v in values), f"bad values: {[v for v in values if v <= 0]}"
check([1, 2])
check([1, -2, 3, -4])
