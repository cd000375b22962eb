# array: what the constructor takes and refuses
from array import array


def attempt(text):
    try:
        print(text, '->', repr(eval(text)))
    except Exception as e:
        print(text, '->', type(e).__name__ + ':', e)


class Sub(array):
    def __init__(self, code, items=(), note=None):
        self.note = note


class Plain(array):
    pass


for text in '''
array()
array('x')
array('')
array('ii')
array(1)
array(b'i')
array('i', [], 3)
array('i', initializer=[])
array(typecode='i')
array('i', [1, 2, 3])
array('i', (1, 2))
array('i', range(4))
array('i', {5: 1, 6: 2})
array('i', (x * x for x in range(5)))
array('h', b'abcd')
array('h', bytearray(b'abcd'))
array('h', b'abc')
array('h', memoryview(b'abcd'))
array('i', 'ab')
array('i', 5)
array('i', None)
array('i', array('d', [1.0]))
array('d', array('i', [1, 2]))
array('i', array('u', 'ab'))
array('u', array('i', [97]))
array('u', 'ab')
Plain('i', [1, 2])
Plain('i', [1], note=3)
Sub('i', [1, 2], note='n').note
Sub('i', [1, 2], note='n')
type(Sub('i', [1]) + Sub('i', [2]))
array.__new__(int, 'i')
array.__new__(Plain, 'i', [4])
array[int]
'''.split('\n'):
    if text:
        attempt(text)


class Broken:
    def __iter__(self):
        yield 1
        raise KeyError('broken')


attempt("array('i', Broken())")
