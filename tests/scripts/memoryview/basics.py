# memoryview: reading, writing, slices, casts, release
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


data = bytearray(range(8)); m = memoryview(data)
print(m.nbytes, m.itemsize, m.format, m.ndim, m.shape, m.strides, m.suboffsets, m.readonly, m.c_contiguous, m.f_contiguous, m.contiguous, len(m), m.obj is data, m.tolist(), m.tobytes(), m.hex(), m.hex(":"), list(m), m[2], m[-1], m[2:4].tolist(), m[::-2].tolist(), m == data, m == bytes(data), m != b"x", 3 in m)
m[0] = 255; m[1:3] = b"ab"; print(data)
for code in ("m[0] = 256", "m[0] = 'a'", "m[20]", "m['a']", "m[1:3] = b'abc'", "m[0] = b'a'", "del m[0]", "m[0:2] = 5", "m[0, 0]", "m[::0]", "m[None]", "memoryview('a')", "memoryview(5)", "memoryview()", "m + m", "m < m", "m.x", "m.cast('I').shape", "m.cast('zz')", "m.cast('B', [2, 4]).tolist()", "m.cast('B', [3, 3])", "m.cast('H').tolist()", "m[::2].cast('H')", "m.cast('b').tolist()", "m.cast('c').tolist()[:2]", "m.cast('d')[0]", "m.cast('?').tolist()[1]", "m.toreadonly()[0]", "memoryview(b'ab')[0]", "hash(memoryview(b'ab')) == hash(b'ab')", "hash(m)", "len(m.cast('B', [2, 4]))", "m.cast('B', [2, 4])[1, 2]", "m.cast('B', [2, 4])[1]", "m.tobytes('C')", "m.tobytes('Q')"):
    try:
        if "= " in code and "==" not in code or code.startswith("del"): exec(code); print(code, bytes(m))
        else: print(code, eval(code))
    except Exception as e: print(code, type(e).__name__, e)
r = memoryview(b"abc"); show(r.__setitem__, 0, 1); print(r.readonly, r.toreadonly() == r)
with memoryview(data) as w: print(w[0])
show(lambda: w[0]); show(len, w); show(w.tolist); print(repr(w)[:17]); show(w.release); n = memoryview(m)[1:3]; show(m.release); print(n.tolist())
