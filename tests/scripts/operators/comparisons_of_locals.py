# Comparisons of locals with locals and constants, as values and in front of jumps: ints, and what is none.
def values(a, b):
    return [a < b, a <= b, a == b, a != b, a > b, a >= b, a < 2, a <= 2, a == 2, a != 2, a > 2, a >= 2]


def jumps(a, b):
    r = ''
    if a < b:
        r += '<'
    if a <= b:
        r += 'l'
    if a == b:
        r += '='
    if a != b:
        r += '!'
    if not a > b:
        r += 'n'
    if not a >= b:
        r += 'm'
    while a > b:
        b += 1
        r += 'w'
    while a <= b and a < 2:
        a += 1
        r += 'v'
    return r


for a in (-3, 0, 2, 5, 2.0, 1.5, 2**70, True, 1):
    for b in (-3, 0, 2, 3, 5, 2.0, True, -2**70):
        if not (b == -2**70 or a == 2**70):
            print(a, b, jumps(a, b))
        print(values(a, b))
