# unicodedata: properties of characters, over samples of all planes
import unicodedata as u


def checksum(function):
    total = 0
    for code in [*range(0x600), *range(0x600, 0x30000, 37), *range(0xE0000, 0xE0200), *range(0x30000, 0x110000, 9973)]:
        for c in repr(function(chr(code))):
            total = (total * 31 + ord(c)) & 0xFFFFFFFF
    return total


print(u.unidata_version)
for name in 'category', 'bidirectional', 'combining', 'mirrored', 'east_asian_width', 'decomposition':
    print(name, checksum(getattr(u, name)))
for name in 'decimal', 'digit', 'numeric', 'name':
    print(name, checksum(lambda c: getattr(u, name)(c, None)))
for c in 'a1\u00bd\u0301\u0661\u2167\u3007\u4e00\uac00\u2462\U0001f600\ud800\uffff(':
    print(ascii(c), u.category(c), u.bidirectional(c), u.combining(c), u.mirrored(c), u.east_asian_width(c), repr(u.decomposition(c)),
          u.decimal(c, None), u.digit(c, None), u.numeric(c, None), u.name(c, None))


def attempt(function, *args, **names):
    try:
        print(repr(function(*args, **names)))
    except Exception as e:
        print(type(e).__name__ + ':', e)


for function in u.category, u.bidirectional, u.combining, u.mirrored, u.east_asian_width, u.decomposition:
    attempt(function)
    attempt(function, 'ab')
    attempt(function, 1)
    attempt(function, b'a')
    attempt(function, 'a', 'b')
    attempt(function, chr='a')
for function in u.decimal, u.digit, u.numeric, u.name:
    attempt(function)
    attempt(function, '\x00')
    attempt(function, '\x00', 'default')
    attempt(function, '', 1)
    attempt(function, 5, 1)
    attempt(function, 'a', 1, 2)
    attempt(function, 'a', default=1)
