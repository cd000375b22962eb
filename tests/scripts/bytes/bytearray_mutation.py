# what only bytearray can do
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


b = bytearray(b"abcdef")
def do(code):
    try: exec(code, {"b": b, "I": I}); print(code, "->", b)
    except Exception as e: print(code, "->", type(e).__name__, e)
class I:
    def __index__(self): return 65
for code in ("b[0] = 65", "b[-1] = 256", "b[0] = -1", "b[0] = 'a'", "b[0] = b'a'", "b[10] = 1", "b['a'] = 1", "b[1] = I()", "b[1:3] = b'XYZ'", "b[1:3] = [1, 2]", "b[1:3] = 'ab'", "b[::2] = b'....'", "b[::2] = b'.'", "b[0:0] = range(3)", "b[2:2] = b", "b[5:2] = b'!'", "del b[0]", "del b[1:3]", "del b[::2]", "del b[50]", "b.append(300)", "b.append(66)", "b.append('a')", "b.extend(b'xy')", "b.extend([1])", "b.extend('a')", "b.extend(5)", "b.extend(['a'])", "b.insert(0, 67)", "b.insert(-100, 68)", "b.insert(100, 69)", "b.insert(0, 'a')", "b.pop()", "b.pop(0)", "b.pop(100)", "b.pop('a')", "b.remove(67)", "b.remove(0)", "b.remove('a')", "b.reverse()", "b += b'++'", "b += 'x'", "b *= 2", "b *= -1", "b.pop()", "b[:] = b'new'", "b.copy()", "b.clear()"):
    do(code)
c = bytearray(b"x"); d = c; d += b"y"; print(c, c is d, c.copy() is not c, c.copy() == c, bytearray(b"a") + b"b", b"a" + bytearray(b"b"), type(b"a" + bytearray(b"b")).__name__, bytearray(b"ab") * 2, c.__sizeof__() > 0, c.__reduce__()[0].__name__)
m = memoryview(c); show(c.append, 1); show(c.clear); show(c.extend, b"abc"); c[0] = 90; print(m[0], bytes(m)); m.release(); c.append(1); print(c); show(m.__len__)
