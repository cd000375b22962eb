# array: its methods, on good and bad arguments
from array import array
import io


def attempt(text):
    try:
        print(text, '->', repr(eval(text)))
    except Exception as e:
        print(text, '->', type(e).__name__ + ':', e)


for text in '''
a.append(4)
a.append()
a.append(1, 2)
a.append('x')
a.append(2**31)
a.extend([5, 6])
a.extend(array('i', [7]))
a.extend(array('b', [7]))
a.extend(a)
a.extend(3)
a.extend([8, 'x', 9])
a
a.fromlist([1, 2])
a.fromlist((1, 2))
a.fromlist([3, 'x'])
a
a.tolist()
a.index(2)
a.index(2, 2)
a.index(2, -3)
a.index(2, 0, 1)
a.index(99)
a.index('x')
a.index(1, 'x')
a.index()
a.count(2)
a.count('x')
a.insert(0, 10)
a.insert(-1, 11)
a.insert(-100, 12)
a.insert(100, 13)
a.insert(1)
a.insert('x', 1)
a.insert(1, 'x')
a
a.pop()
a.pop(0)
a.pop(-2)
a.pop(100)
a.pop('x')
array('i').pop()
a.remove(10)
a.remove(10)
a.reverse()
a
len(a.tobytes()), a.tobytes()[:8]
a.frombytes(b'abcdefgh')
a.frombytes(b'abc')
a.frombytes('abcd')
a.frombytes(array('i', [1]))
a[-2:]
a.byteswap()
a
a.byteswap(1)
a.buffer_info()[1]
a.buffer_info()[0] == a.buffer_info()[0]
a.fromunicode('x')
a.tounicode()
array('u', 'abc').tounicode()
u.fromunicode('def')
u.fromunicode(b'def')
u
u.byteswap()
u.tobytes()
array('b', [1, 2]).byteswap()
a.clear()
2 in a, 77 in a, 'x' in a
a.spam
a.typecode
a.itemsize
'''.split('\n'):
    if text:
        if text == 'a.append(4)':
            a, u = array('i', [1, 2, 3]), array('u', 'abc')
        attempt(text)
for name in 'typecode', 'itemsize':
    try:
        setattr(a, name, 1)
    except AttributeError as e:
        print(e)

# files
f = io.BytesIO()
array('h', range(5)).tofile(f)
print(f.getvalue())
f.seek(0)
b = array('h')
b.fromfile(f, 3)
print(b)
attempt('b.fromfile(f, 3)')
print(b)
attempt('b.fromfile(f, -1)')
attempt('b.fromfile(5, 1)')
attempt('b.fromfile()')
attempt('b.tofile(5)')
attempt('b.tofile(io.StringIO())')
attempt('b.fromfile(io.StringIO("abcdef"), 1)')
big = array('d', range(20000))
f = io.BytesIO()
big.tofile(f)
f.seek(0)
c = array('d')
c.fromfile(f, 20000)
print(c == big, len(f.getvalue()))
