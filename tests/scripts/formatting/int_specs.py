# format specs of int
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for spec in ("", "d", "5", "<5", ">5", "^5", "=5", "*^7", "05", "+", "-", " ", "+5d", "x", "X", "#x", "#X", "o", "#o", "b", "#b", "c", "n", "e", ".2e", "f", ".1f", "g", "G", "%", ".0%", ",", "_", ",d", "_x", "_b", "#_x", "010,", "020_b", "s", ",x", ",b", ".2d", "5.2", "z", "q", "05c", "+c", "#c", ",c", "<<5", "é^5", "{^5", "0=5", "00005", "<05", "+#06x", "1000000000000", "-5", "5-", " >5", "\u20ac>4", "0>5d", "=+8,", "^+10.1f"):
    for v in (0, 42, -42, 123456789):
        show(lambda: repr(format(v, spec)) if len(spec) < 10 else len(format(v, "10")))
show(format, 10**30, ","); show(format, 2**70, "#_x"); show(format, -1, "c"); show(format, 0x110000, "c"); show(format, 10**400, "e"); show(format, True, "5"); show(format, True, "d"); show(format, 5, "5.") ; show(format, 10**20, "g"); show(format, 12345, "n")
