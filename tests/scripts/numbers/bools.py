# bool is an int with its own names
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


print(True + True, True * 5, -True, ~True, True & False, True | 2, True ^ True, type(True & True).__name__, type(True & 1).__name__, True == 1, True is not 1 if False else "x", isinstance(True, int), str(True), repr(False), int(True), float(True), True / 2, True // 1, True << 3, "ab"[True], [0, 1][False], {1: "a"}[True], {True: 1, 1: 2, 1.0: 3}, hash(True), sorted([True, False]), sum([True, True]), "%d %s %r" % (True, True, True), f"{True} {True:d} {True:5} {True:>6}", format(True, ""), format(True, "d"), True.real, True.bit_length(), True.to_bytes(1, "big"), bool.__mro__)
for v in (0, 1, "", "0", [], [0], (), {}, None, 0.0, float("nan"), 0j, b"", range(0), object(), type):
    print(bool(v), not v, end=" ")
print()
show(bool, 1, 2); show(bool, x=1); show(bool); show(type, "B", (bool,), {}); show(lambda: True.x); show(lambda: bool.__new__(int)); show(bool.from_bytes, b"\x01", "big"); show(lambda: True < "a"); show(lambda: True.__and__(5)); show(lambda: True.__and__("a")); show(lambda: setattr(True, "x", 1))
