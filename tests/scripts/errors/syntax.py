cases = ["x = ", "if True print(1)", "def f(:", "for", "x = (1,", "1 = x", "return 1", "break", "a b", "print 1", "f(a=1, 2)", "def f(a, a): pass", "x = 'abc", "  x = 1", "if 1:\nx", "lambda: (yield", "class A\n pass", "import", "from x import", "nonlocal x", "def f():\n  global x\n  x = 1\n  nonlocal x", "{1: 2, 3}", "f(**a, *b)", "x += 1 = 2", "del f()", "try:\n  pass", "else: pass", "while 1\n pass", "@", "async x", "await x", "yield x", "0777", "1__0", "0xg", "'a' = 1", "None = 1", "True = 2", "x: int: str", "(a, b): int", "[x for x in]", "f'{'", "f'{}'", "f'{a b}'", "a = b = ", "with open(x) as 1: pass", "except: pass", "continue", "*a", "*a = 1", "a, *b, *c = x", "def f(*): pass", "def f(a=1, b): pass", "raise from x", "assert", "elif 1: pass", "x = yield = 1", "\tx = 1\n        y", "é = 1; ñ", "x = ]", "(]", "if x = 1: pass", "a := 1", "print(a := 1, b := )", "match x:\n  case 1 print", "\\x", "$", "?", "def f():\n    return\n  x"]
for c in cases:
    try:
        compile(c, "t", "exec")
        print(repr(c), "ok")
    except SyntaxError as e:
        print(repr(c), type(e).__name__, e.msg, e.lineno, e.offset)
