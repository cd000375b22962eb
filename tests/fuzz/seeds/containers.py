x = [3, 1, 2]; x.sort(key=lambda v: -v); x[1:2] = [7, 8]; x += x[::-1]; del x[::2]
d = {1: 2, 'a': [], **{(1, 2): 3}}; d.update(b=d); d.pop('a'); d |= {5: 6}
s = {1, 2} | frozenset([3]); s ^= {1}; s.discard(9)
b = bytearray(b'abc'); m = memoryview(b); m[0] = 120; b2 = bytes(m)[::-1] + b'%d' % 5
print(x, d, s, b, b2, 'a,b'.split(','), f'{x!r:>{20}}|{3.5:08.2f}|{1+2=}', '%s %r %05d' % (1, 'q', 42))
print(x == x[:], sorted(d, key=str), tuple(reversed(x)), str(d)[:5], 'é\U0001f600'.encode(), 10**30 // 7, -5 % 3, 2**0.5)
