# textwrap: lines of many widths and options, shorten, dedent, indent
import textwrap

text = '''Hello there -- you goof-ball, use the -b option! This is a sentence.  Another one? Yes... well-known
\tlong-term-plan  supercalifragilisticexpialidocious a-b-c-d e-mail --long-option "quoted." end'''
options = [{}, {'break_long_words': False}, {'break_on_hyphens': False}, {'fix_sentence_endings': True}, {'drop_whitespace': False},
           {'initial_indent': '* ', 'subsequent_indent': '  '}, {'max_lines': 2, 'placeholder': '..'},
           {'max_lines': 1, 'placeholder': ' [x]'}, {'expand_tabs': False, 'replace_whitespace': False}]
for width in 0, 1, 5, 12, 20, 70:
    for how in options:
        try:
            print(width, how, textwrap.wrap(text, width, **how))
        except ValueError as e:
            print(width, how, e)
    try:
        print(textwrap.shorten(text, width), textwrap.shorten(text, width, placeholder='...'), sep='|')
    except ValueError as e:
        print(e)
print(textwrap.fill('one two three four', 9))
for lines in '  a\n   b\n\n  \t\n  c', '\ta\n  b', '\t a\n\t  b\n\t c\n', '', '  \n  ':
    print(repr(textwrap.dedent(lines)))
print(repr(textwrap.indent('a\n\n b\n', '> ')), repr(textwrap.indent('a\n\n', ' ', lambda line: True)))
