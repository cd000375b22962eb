# sequence patterns: fixed, starred, nested, what counts as a sequence
from collections import deque, UserList
import array
def m(v):
    match v:
        case []: return "empty"
        case [x]: return ("one", x)
        case [1, x, *_] if x == 9: return "1 9"
        case [a, [b, *c], *d]: return ("nested", a, b, c, d)
        case (x, y): return ("two", x, y)
        case [first, *mid, last]: return ("ends", first, mid, last)
        case _: return "no"
for v in ([], (), [1], [1, 9, 5], [1, [2, 3, 4], 5, 6], [1, 2], (1, 2), [1, 2, 3, 4], "ab", b"ab", bytearray(b"ab"), {1, 2}, {1: 2}, range(2), range(3), deque([1, 2]), UserList([1]), array.array("i", [1, 2]), memoryview(b"ab"), iter([1, 2]), 5, None, (i for i in ())): print(type(v).__name__, m(v))
match 1, 2:
    case a, b: print(a, b)
match [[1, 2], [3]]:
    case [[a, *_], [b]]: print(a, b)
match (1, 2, 3):
    case (1, *rest): print(rest)
match [1, 2]:
    case [int(), str()]: print("no")
    case [int(a), int(b)]: print(a + b)
class Seq(list): pass
match Seq([1, 2]):
    case [x, y]: print("subclass", x, y)
class Fake:
    def __len__(self): return 2
    def __getitem__(self, i): return i
match Fake():
    case [_, _]: print("no")
    case _: print("not registered")
