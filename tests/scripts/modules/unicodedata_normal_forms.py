# unicodedata.normalize and is_normalized
import unicodedata as u


def attempt(function, *args):
    try:
        print(repr(function(*args)))
    except Exception as e:
        print(type(e).__name__ + ':', e)


FORMS = 'NFC', 'NFD', 'NFKC', 'NFKD'
samples = ['', 'plain', '\u00e9', 'e\u0301', '\u1e9b\u0323', '\ufb01', '\u2460', '\uac01', '\u1100\u1161\u11a8', 'a\u0323\u0301', 'a\u0301\u0323', '\u212b', '\u0344',
           '\u0958', '\u2126', '\uff21', '\u3392', '\ufdfa', '\U0001d15e', '\U0002f800', '\ud800\u0301', 'x\u0315\u0300\u05ae\u0062', '\u0f71\u0f72\u0f74', '\U0001e030']
for s in samples:
    print(ascii(s), *[ascii(u.normalize(form, s)) for form in FORMS], *[u.is_normalized(form, s) for form in FORMS])
for form in FORMS:
    total = 0
    for code in [*range(0xa0, 0x3000, 3), *range(0xf900, 0x10000, 5), *range(0x1d100, 0x1d800, 3)]:
        for c in u.normalize(form, 'e\u0301' + chr(code) + '\u0323'):
            total = (total * 31 + ord(c)) & 0xFFFFFFFF
    print(form, total)
attempt(u.normalize, 'NFX', 'a')
attempt(u.normalize, 'nfc', 'a')
attempt(u.normalize, 'NFC')
attempt(u.normalize, 1, 'a')
attempt(u.normalize, 'NFC', b'a')
attempt(u.is_normalized, 'NFX', 'a')
attempt(u.is_normalized, 'NFC', 1)
