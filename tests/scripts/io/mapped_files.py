# mmap: a file's bytes as a mutable sequence with a position; sizes, places and accesses that are refused.
import mmap
import os
import tempfile


def refused(function, *args, **kwargs):
    try:
        print('given', function(*args, **kwargs))
    except Exception as e:
        print(type(e).__name__, e)


with tempfile.TemporaryFile() as f:
    f.write(b'one two\nthree four\n' * 300)
    f.flush()
    m = mmap.mmap(f.fileno(), 0)
    print(len(m), m[0], m[-1], m[:7], m[4:0:-1], m[::1000], m.tell(), m.closed)
    print(m.readline(), m.read(5), m.read_byte(), m.tell(), m.find(b'four'), m.rfind(b'one'), m.find(b'none'), m.find(b'o', 5, 7), m.find(b''))
    m.seek(0)
    print(m.write(b'ONE'), m.tell(), m[:8])
    m.write_byte(33)
    m[5:7] = b'WO'
    m[10] = 0
    m[0:6:2] = b'abc'
    print(m[:12], b'w' in m, b'q' in m, [b for b in m][:3])
    m.move(100, 0, 10)
    print(m[98:112], m.flush(), m.flush(0, 4096), m.size())
    m.seek(-3, 2)
    print(m.read(), m.read(), m.read(None), m.readline())
    refused(m.read_byte)
    refused(m.write, b'x')
    refused(m.write_byte, 1)
    refused(m.seek, -1)
    refused(m.seek, 0, 9)
    refused(m.__getitem__, 99999)
    refused(m.__getitem__, 'x')
    refused(m.__setitem__, 0, 256)
    refused(m.__setitem__, 0, 'x')
    refused(m.__setitem__, slice(0, 3), b'x')
    refused(m.__delitem__, 0)
    refused(m.write, 'text')
    refused(m.move, 0, 1, 99999)
    refused(m.flush, 1, 99999)
    view = memoryview(m)
    refused(m.close)
    refused(m.resize, 10)
    view[0] = 90
    view.release()
    print(m[0])
    m.resize(4096)
    print(len(m), os.fstat(f.fileno()).st_size)
    print(repr(m))
    m.close()
    m.close()
    print(m.closed, repr(m))
    refused(len, m)
    refused(m.read)
    refused(m.__getitem__, 0)
    f.seek(0)
    print(f.read(8))
    with mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ) as r:
        print(r[:4], memoryview(r).readonly)
        refused(r.write, b'x')
        refused(r.__setitem__, 0, 1)
        refused(r.resize, 5)
    with mmap.mmap(f.fileno(), 100, access=mmap.ACCESS_COPY) as c:
        c[:3] = b'###'
        print(c[:3])
        refused(c.resize, 5)
    f.seek(0)
    print(f.read(3))
    refused(mmap.mmap, f.fileno(), 10 ** 6)
    refused(mmap.mmap, f.fileno(), -1)
    refused(mmap.mmap, f.fileno(), 0, offset=-1)
    refused(mmap.mmap, f.fileno(), 0, offset=8192)
    refused(mmap.mmap, f.fileno(), 0, access=9)
    refused(mmap.mmap, f.fileno(), 0, flags=mmap.MAP_PRIVATE, access=mmap.ACCESS_READ)
    with mmap.mmap(f.fileno(), 0, prot=mmap.PROT_READ) as p:
        print(repr(p))
with tempfile.TemporaryFile() as f:
    refused(mmap.mmap, f.fileno(), 0)
refused(mmap.mmap, -1, 0)
a = mmap.mmap(-1, 4096)
a[:3] = b'abc'
if (pid := os.fork()) == 0:
    a[:3] = b'xyz'
    os._exit(0)
os.waitpid(pid, 0)
print(a[:3], mmap.PAGESIZE)
refused(a.size)
