# truth follows __len__ and __bool__ of subclasses
class L(list):
    def __len__(s): return 0
class D(dict):
    def __len__(s): return 5
class S(str):
    def __len__(s): return 0
class T(tuple):
    def __bool__(s): return False
print(bool(L([1])), bool(D()), bool(S('a')), bool(T((1,))), bool([]), bool([1]), bool(''), bool('a'), bool({}), bool({1:1}), bool(set()), bool({1}), bool(b''), bool(b'a'), bool(bytearray()), bool(()), not [], 'x' if [0] else 'y', bool({}.keys()), bool(frozenset([1])), bool(memoryview(b'')))
print(str(b'x'), str(bytearray(b'x')), '%s' % b'x', format(b'x'), f'{b"x"}')
