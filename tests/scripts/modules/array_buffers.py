# array and the buffer protocol: views of its memory, and no change of length while it is lent out
import struct
import weakref
from array import array, typecodes


def attempt(f, *args):
    try:
        print(repr(f(*args)))
    except Exception as e:
        print(type(e).__name__ + ':', e)


for code in typecodes:
    m = memoryview(array(code, 'ab' if code == 'u' else [1, 2]))
    print(code, m.format, m.itemsize, m.shape, m.strides, m.nbytes, m.readonly, len(m))
a = array('i', [1, 2, 3])
m = memoryview(a)
print(m.tolist(), m[1], m[-1], m == a, m.obj is a)
m[0] = 100
print(a)
attempt(m.__setitem__, 0, 2**40)
attempt(m.__setitem__, 0, 'x')
m[1:] = array('i', [8, 9])
print(a)
attempt(a.append, 4)
attempt(a.extend, [4])
attempt(a.pop)
attempt(a.insert, 0, 1)
attempt(a.remove, 8)
attempt(a.__delitem__, 0)
attempt(a.__delitem__, slice(None))
attempt(a.__setitem__, slice(0, 1), array('i', [1, 2]))
attempt(a.__setitem__, slice(0, 1), array('i', [5]))
attempt(a.__imul__, 2)
attempt(a.__imul__, 1)
attempt(a.frombytes, b'abcd')
attempt(a.fromlist, [1])
attempt(a.fromlist, [])
a.reverse()
a.byteswap()
a.byteswap()
a[0] = 6
print(a, m.tolist())
m.release()
a.append(4)
print(a)
with memoryview(a) as v, v[1:] as w:
    print(w.tolist(), bytes(w[:1]))
a.append(5)
print(bytes(array('H', [1, 2])), bytearray(array('b', b'xy')), bytes(memoryview(array('H', [258]))))
print(struct.unpack('2i', array('i', [7, 8])))
print(b''.join([array('b', b'ab'), b'c']), b'abc'.startswith(b'a'), int.from_bytes(array('B', [1, 2]), 'big'))
buffer = array('b', bytes(4))
struct.pack_into('>h', buffer, 1, 513)
print(buffer)
attempt(memoryview(array('u', 'a')).tolist)
r = weakref.ref(a)
print(r() is a)
del a, m, v, w
print(r())
