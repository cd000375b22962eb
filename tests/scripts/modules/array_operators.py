# array: + * in-place forms, comparisons, hashing, iterating, copying and pickling
import array as module
import copy
import operator
from array import array


def attempt(text):
    try:
        print(text, '->', repr(eval(text)))
    except Exception as e:
        print(text, '->', type(e).__name__ + ':', e)


a = array('i', [1, 2, 3])
d = array('d', [1.0, 2.0, 3.0])
u = array('u', 'ab')
for text in '''
a + a
a + [1]
a + d
[1] + a
a * 2
2 * a
a * 0
a * -1
a * 'x'
a * 2.0
a * 2**62
a == d
a == array('b', [1, 2, 3])
a == [1, 2, 3]
a != d
a < d
a <= d
a > array('i', [1, 2])
a < array('i', [1, 3])
a < array('i', [])
a < [1]
u == array('i', [97, 98])
u < array('i', [97, 98])
u < array('u', 'b')
array('d', [float('nan')]) == array('d', [float('nan')])
array('I', [1, 200]) > array('I', [1, 100])
hash(a)
{a: 1}
list(iter(a))
list(reversed(a))
iter(a).__reduce__()
sum(a), max(a), min(a)
bool(a), bool(array('i'))
copy.copy(a)
copy.deepcopy(a) is a
copy.deepcopy([a, a])
a.__copy__() is a
a.__reduce_ex__(2)
a.__reduce_ex__(3)
u.__reduce_ex__(2)
u.__reduce_ex__(4)
a.__reduce_ex__('x')
a.__reduce_ex__()
module._array_reconstructor(array, 'i', 9, b'\\x00\\x00\\x00\\x01')
module._array_reconstructor(array, 'i', 5, b'\\x00\\x01\\xff\\xff')
module._array_reconstructor(array, 'l', 4, b'\\x00\\x01\\xff\\xff')
module._array_reconstructor(array, 'd', 17, b'\\x3f\\xf8' + bytes(6))
module._array_reconstructor(array, 'f', 14, bytes(3))
module._array_reconstructor(array, 'u', 19, b'\\x00a\\x00b')
module._array_reconstructor(array, 'i', 5, b'abc')
module._array_reconstructor(array, 'B', 1, b'\\x01\\x02')
module._array_reconstructor(array, 'i', 99, b'')
module._array_reconstructor(array, 'x', 8, b'')
module._array_reconstructor(int, 'i', 8, b'')
module._array_reconstructor(5, 'i', 8, b'')
module._array_reconstructor(array, 'i', 8, 'x')
module._array_reconstructor(array, 'i', 8, b'abc')
'''.split('\n'):
    if text:
        attempt(text)

b = c = array('i', [1])
b += array('i', [2])
b *= 3
print(b, b is c)
b += b
print(b)
b *= 0
print(b, c)
for operation, other in (operator.iadd, [1]), (operator.iadd, d), (operator.imul, 'x'), (operator.imul, 1.5):
    try:
        operation(array('i', [1]), other)
    except TypeError as e:
        print(e)

it = iter(array('i', [1, 2]))
print(next(it), next(it), next(it, 'end'), next(it, 'end'))
a = array('i', [1, 2, 3])
seen = []
for x in a:
    seen.append(x)
    if len(a) < 6:
        a.append(x * 10)
print(seen)


class Sub(array):
    pass


s = Sub('i', [1, 2])
s.extra = 5
print(s.__reduce_ex__(3))
t = copy.copy(s)
print(type(t).__name__, t)
print(s, s[:1], type(s * 2).__name__)
match array('i', [1, 2]):
    case [x, y]:
        print('matched', x, y)
