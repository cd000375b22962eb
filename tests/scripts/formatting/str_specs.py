# format specs of str and of other objects
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


for spec in ("", "s", "5", "<5", ">5", "^5", "*^7", ".2", "5.1", "-<4", "=5", "05", "+", " ", ",", "#", "x", "d", ".0", ".100", "\u20ac^5", "z", "5s", "s5", "^", "<05", "0", "0>5", "1.s", "\0^5"):
    for v in ("", "abc", "\u20ac\U0001f600"):
        show(lambda: ascii(format(v, spec)))
for v in (None, [1], {}, (1,), object, len, ..., b"x", range(3), 1 + 2j, ValueError("x")):
    for spec in ("", "5", "s"):
        try: print(format(v, spec), end="|")
        except Exception as e: print(type(e).__name__, e, end="|")
    print()
