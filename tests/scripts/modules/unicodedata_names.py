# unicodedata.lookup and name, and \N{...} in literals, f-strings, patterns and the codec
import re
import unicodedata as u


def attempt(function, *args):
    try:
        print(ascii(function(*args)))
    except Exception as e:
        print(type(e).__name__ + ':', ascii(str(e)))


for code in [*range(0x20, 0x400), *range(0x400, 0x20000, 11), 0x2f800, 0xe0001]:
    name = u.name(chr(code), None)
    if name and u.lookup(name) != chr(code):
        print('no way back', hex(code), name)
for name in ['SPACE', 'latin small letter a', 'Greek Small Letter Alpha', 'LINE FEED', 'LF', 'NULL', 'NBSP', 'BOM', 'VS1', 'ALERT', 'BELL',
             'HANGUL SYLLABLE GAG', 'HANGUL SYLLABLE A', 'HANGUL SYLLABLE', 'HANGUL SYLLABLE X', 'hangul syllable gag', 'HANGUL SYLLABLE GAGG',
             'CJK UNIFIED IDEOGRAPH-4E00', 'CJK UNIFIED IDEOGRAPH-20000', 'CJK UNIFIED IDEOGRAPH-4e00', 'CJK UNIFIED IDEOGRAPH-0041', 'CJK UNIFIED IDEOGRAPH-',
             'KEYCAP DIGIT ONE', 'LATIN SMALL LETTER I WITH MACRON AND GRAVE', 'PILE OF POO', 'no such thing', '', ' SPACE', 'SPACE ', 'x' * 300, 1, b'SPACE', '\u00e9', '\ud800']:
    attempt(u.lookup, name)
print('\N{LATIN SMALL LETTER E WITH ACUTE}', '\N{bullet}|\N{LF}|', '\N{GREEK SMALL LETTER PI}' 'x', r'\N{bullet}', b'\N{bullet}')
print(f'\N{BULLET}{1 + 1}\N{BULLET}{"\N{SNOWMAN}" if 0 else 2}' if 0 else f'\N{BULLET}{1 + 1}\N{BULLET}', rf'\N{{x}}')
for text in [r"'\N'", r"'\N{'", r"'\N{}'", r"'\N{nothing}'", r"'\Nx'", r"'abc\N{KEYCAP DIGIT ONE}'", r"f'\N{nothing}'", r"'\N{SPACE'", r"'\N{SPACE}'", r"f'{1}\N{SPACE}{2}'", r"b'\N{x}'"]:
    attempt(eval, text)
for pattern in [r'\N{BULLET}+', r'[\N{BULLET}-\N{BLACK CIRCLE}]', r'\N', r'\N{', r'\N{}', r'\N{nothing}', r'x\N{KEYCAP DIGIT ONE}', r'[\N]', r'[\N{x}]', r'\Nx', r'\N{abc', rb'\N{BULLET}', r'\N{PLUS SIGN}']:
    try:
        print(ascii(pattern), [ascii(m) for m in re.findall(pattern, '\u2022\u2022 + a' if isinstance(pattern, str) else b'x')])
    except re.error as e:
        print(ascii(pattern), e.msg, e.pos)
for data in [rb'a\N{BULLET}b', rb'\N{LF}', rb'\N{nope}', rb'\N{', rb'\N', rb'\N{}', rb'\N{KEYCAP DIGIT ONE}']:
    attempt(data.decode, 'unicode_escape')
    print(ascii(data.decode('unicode_escape', 'replace')))
