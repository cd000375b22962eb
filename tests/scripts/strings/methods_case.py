# case methods on ASCII and on Unicode with odd mappings
words = ["", "abc", "ABC", "aBc dEf", "hello world", "they're bill's", "\u00df", "stra\u00dfe", "\u01c4x", "\u01c5", "\ufb01n", "\u0130", "\u03a3\u0391\u03a3", "\u1e9e", "1a2B", "x\u0301y", "\u00aa", "\u2160", "\U00010400", "\u0149", "a.b_c-d"]
for w in words:
    print(ascii([w.upper(), w.lower(), w.title(), w.capitalize(), w.swapcase(), w.casefold()]), w.isupper(), w.islower(), w.istitle())
