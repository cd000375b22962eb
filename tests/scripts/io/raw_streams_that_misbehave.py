# Buffers over raw streams whose answers make no sense, over streams that would have to wait, and buffers that were never set up.
import io


def attempt(label, f):
    try:
        print(label, f())
    except Exception as e:
        print(label, type(e).__name__, e, type(e.__cause__).__name__)


class Wrong(io.RawIOBase):
    def readable(self): return True
    def seekable(self): return True
    def writable(self): return True
    def readinto(self, b): return 99999
    def seek(self, pos, whence=0): return -123
    def tell(self): return -456
    def write(self, b): return len(b) + 1


for c in io.BufferedReader, io.BufferedWriter:
    for name, args in ('read', (10,)), ('seek', (0,)), ('tell', ()), ('write', (b'abcdef',)), ('flush', ()):
        attempt(f'{c.__name__}.{name}', lambda: getattr(c(Wrong()), name)(*args))


class NotANumber(Wrong):
    def readinto(self, b): return b''


for name in 'read', 'peek', 'readline':
    attempt(name, lambda: getattr(io.BufferedReader(NotANumber()), name)())

for c in io.BufferedReader, io.TextIOWrapper:
    empty = c.__new__(c)
    for name in 'readline', 'tell', 'flush', 'close', 'fileno', 'detach':
        attempt(f'{c.__name__}.{name}', getattr(empty, name))

print('reading into a buffer')
b = io.BufferedReader(io.BytesIO(b'abcdefgh' * 3), 10)
a = bytearray(5)
print(b.read(2), b.readinto1(a), a, b.readinto1(a), a, b.readinto1(bytearray(100)), b.readinto1(bytearray(100)))
b = io.BufferedReader(io.BytesIO(b'abcdefgh' * 3), 10)
print(b.read(2), b.readinto(a), a, b.readinto(a), a, b.readinto(bytearray(100)), b.readinto(bytearray(100)))


class Busy(io.RawIOBase):
    """Takes `room` bytes, then would have to wait."""

    def __init__(self, room): self.room, self.got = room, b''
    def writable(self): return True

    def write(self, b):
        n = min(self.room, len(b))
        self.room -= n
        self.got += bytes(b[:n])
        return n or None


for room in 0, 3, 6, 20:
    raw = Busy(room)
    w = io.BufferedWriter(raw, 4)
    for data in b'ab', b'cdefghij':
        try:
            print(room, w.write(data), raw.got)
        except BlockingIOError as e:
            print(room, e.strerror, e.characters_written, raw.got)
    raw.room = 100
    w.flush()
    print(raw.got)

e = BlockingIOError(1, 2, 3)
print(e.characters_written, e.args)
e.characters_written = 7
print(e.characters_written)
pair = io.BufferedRWPair(io.BytesIO(b'abc'), io.BytesIO())
print(pair.isatty(), pair.read(2), pair.readinto1(bytearray(3)), pair.write(b'x'), pair.flush())

for newline in None, '', '\n', '\r\n':
    s = io.StringIO('a\nb\r\nc', newline)
    print(repr(newline), s.newlines, repr(s.read()), s.write('\r'), s.newlines)
