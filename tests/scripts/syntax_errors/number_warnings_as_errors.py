# "0xfor" and "1if" lex as two tokens with a warning; a filter makes it a SyntaxError.
import warnings
for source in ('0xfor x in y', '1if 1else 2', '0o7and 1', '1or 2', '{1}[0]', 'x is ()', '(1,)[1:2,3]'):
    for action in 'error', 'ignore', 'always':
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter(action)
            try:
                compile(source, 'f', 'exec')
                print(action, source, 'compiles', len(caught) > 0)
            except SyntaxError as e:
                print(action, source, '|', e.msg, e.lineno, e.offset)
