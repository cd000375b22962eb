# binary files and buffering
import os, tempfile, io
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


fd, name = tempfile.mkstemp(); os.close(fd)
with open(name, "wb") as f: print(f.write(b"abcdef"), f.write(bytearray(b"gh")), f.write(memoryview(b"ij")), f.tell()); show(f.write, "x"); show(f.write, 5); show(f.read)
with open(name, "rb") as f: print(f.read(2), f.peek(1)[:1], f.read1(1), f.readinto(bytearray(2)), f.tell(), f.seek(-2, 2), f.read(), f.read(), f.seek(0), f.readline(), type(f).__name__, f.raw.__class__.__name__, f.mode)
with open(name, "r+b") as f: f.seek(2); f.write(b"XX"); f.seek(0); print(f.read(), type(f).__name__); f.truncate(4); f.seek(0); print(f.read())
with open(name, "rb", buffering=0) as f: print(type(f).__name__, f.read(2), f.readall(), f.fileno() > 2, f.isatty())
with open(name, "ab") as f: print(f.tell()); f.write(b"\n1\n2"); 
with open(name, "rb") as f: print(f.readlines(), f.seek(0), list(f), f.seek(1), f.readline(2), f.readlines(1)); show(f.seek, -5); show(f.seek, 0, 9); show(f.readinto, b"x"); show(f.read, "a"); show(f.read, 1.5); print(f.read(None), f.seekable(), f.writable())
f = open(name, "rb"); f.close(); show(f.read); show(f.seek, 0); show(next, f); print(f.closed, repr(f)[:20]); b = io.BytesIO(b"hello"); print(b.read(2), b.tell(), b.seek(0), b.getvalue(), b.write(b"J"), b.getvalue(), b.seek(10), b.write(b"!"), b.getvalue(), b.truncate(3), b.getvalue(), b.read()); show(b.write, "x"); v = b.getbuffer(); v[0] = 65; print(b.getvalue()); show(b.write, b"longer than before"); v.release(); b.close(); show(b.read); show(io.BytesIO, "x"); show(io.BytesIO, 5)
os.remove(name)
