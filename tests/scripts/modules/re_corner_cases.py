# Patterns at the edges: global flags one after the other, wordings and places of errors, a bytearray that shrinks.
import re


def show(make):
    try:
        print(make())
    except Exception as e:
        print(type(e).__name__, e)


for pattern in (r'(?s)(?i)a', ' (?x) a', '#x\n(?x)#y\na', 'a(?i)b', '(b(?i))'):
    show(lambda: re.compile(pattern, re.VERBOSE))
for pattern in ('[\\567]', '\\567', '[\\U00110000]', '\\U00110000', '\\x1', r'(abc\1)', r'(?P<n>a(?P=n))', r'\2', r'(a)\2'):
    show(lambda: re.compile(pattern))
show(lambda: re.sub('x', r'\400', 'x'))

subject = bytearray(b'abcabcabc')
match = re.search(b'(abc)+', subject)
subject[4:] = b''
print(match.group(), match.group(1), match.span(), match.groups())
subject[:] = b''
print(match.group(), match[1])
