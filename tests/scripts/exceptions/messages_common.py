# the words of common errors
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class A: pass
def f(a, b, *, c): pass
for code in ("1 + 'a'", "'a' + 1", "[] + ()", "{} + 1", "None + 1", "1()", "'a'()", "None()", "A()()", "[1, 2]['a']", "[1][5]", "(1,)[5]", "'a'[5]", "{}['k']", "{}[[]]", "len(5)", "int('a')", "int([])", "float('x')", "chr(-1)", "ord('ab')", "f()", "f(1)", "f(1, 2)", "f(1, 2, 3)", "f(1, 2, c=3, d=4)", "f(1, a=1, c=2)", "f(*5)", "f(**5)", "f(*[1], **{'b': 2, 'b ': 3, 'c': 1})", "A(1)", "A().x", "A.x", "None.x", "(5).x", "undefined", "1 / 0", "1 // 0", "1 % 0", "1.0 / 0", "divmod(1, 0)", "0 ** -1", "2 ** 'a'", "-'a'", "~1.5", "not_defined()", "import_module", "a, b = 1", "[*5]", "(*None,)", "{**5}", "iter(5)", "next([])", "for_", "max()", "max([])", "min(5)", "sum('ab')", "sorted(5)", "sorted([1, 'a'])", "open('/nope')", "open(5.5)", "open('/', 'w')", "open('x', 'q')", "'%d' % 'a'", "'%s %s' % 1", "'%s' % (1, 2)", "'{}'.format()", "'{a}'.format(b=1)", "'{:d}'.format('a')", "'{:5.2z}'.format(1)", "f'{1:q}'", "'a'.join([1])", "'a'.split('')", "b'a' + 'a'", "bytes([256])", "b'a'.decode('nope')", "'\\u20ac'.encode('ascii')", "range(1, 2, 0)", "range('a')", "[].pop()", "{}.popitem()", "set().pop()", "[1].remove(2)", "[].index(1)", "'a'.index('b')", "().index(1)", "setattr(1, 'a', 2)", "type('A', (), {}, {})", "isinstance(1, 1)", "issubclass(1, int)", "hash([])", "{[]}", "{{}: 1}", "object() < object()", "1 < 'a'", "[] < ()", "{} < {}", "1 in 5", "'a' in 5", "5 in 'a'", "abs('a')", "round('a')", "pow(2, -1, 0)", "complex('x')", "int('1', 99)", "bin(1.5)", "eval('1 +')", "__import__('nope')", "memoryview(1)", "slice()", "super()", "property(1).x", "str(b'a', 'nope')", "bytes('a')", "bytearray('a')", "zip(1)", "map(1)", "enumerate(1)", "reversed(1)", "all(1)", "id()", "print(sep=1)", "input(1, 2)", "vars(1)", "dir(1, 2)", "globals(1)", "callable()", "compile('', '', '')", "exec(1)", "'a' * 'b'", "'a' * 1.5", "[1] * 'a'", "1 @ 2", "1 << -1", "1 << 1.0", "...[0]", "A()[0]", "A[0]", "int[0]", "lambda: 0 < 1 and f", "A() + A()", "A() < A()", "-A()", "len(A())", "iter(A())", "int(A())", "float(A())", "str(A(), 'x')", "bool(A()) + []", "'abc'.nope", "[].push(1)", "[1].lenght", "().count", "{}.has_key", "(1).bit_lenght()"):
    try: exec(code) if code.startswith("for") else print(code, "->", ascii(repr(eval(code)))[:12])
    except BaseException as e: print(code, "->", type(e).__name__, ascii(str(e)))
