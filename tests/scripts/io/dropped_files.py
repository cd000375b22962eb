# Files that nobody closes: their finalizer closes them through the methods of the class, with a warning that names the outermost object.
import gc
import io
import os
import sys
import tempfile
import warnings

print([hasattr(c, '__del__') for c in (io.FileIO, io.IOBase, io.BufferedReader, io.TextIOWrapper, io.StringIO, list)])
folder = tempfile.mkdtemp()
path = os.path.join(folder, 'f')


def traced(base):
    class Traced(base):
        def __del__(self):
            record.append('del')
            super().__del__()

        def close(self):
            record.append('close')
            super().close()

        def flush(self):
            record.append('flush')
            super().flush()
    return Traced


with warnings.catch_warnings():
    warnings.simplefilter('ignore')
    for base, make in (io.FileIO, lambda c: c(path, 'wb')), (io.BufferedWriter, lambda c: c(io.FileIO(path, 'wb'))), (io.IOBase, lambda c: c()):
        record = []
        made = make(traced(base))
        made.marker = 1
        del made
        gc.collect()
        print(base.__name__, record)

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    for make in lambda: open(path), lambda: open(path, 'rb'), lambda: io.FileIO(path), lambda: open(path, 'r+b'), lambda: io.BytesIO(b'x'):
        made = make()
        del made
        gc.collect()
    left_open = os.open(path, os.O_RDONLY)
    made = open(left_open, closefd=False)
    del made
    gc.collect()
    os.close(left_open)
    loop = io.FileIO(path)
    loop.me = loop
    del loop
    gc.collect()
for w in caught:
    print(w.category.__name__, str(w.message).replace(folder, ''))

# the mark of an encoding stands at the beginning only
for encoding in 'utf-8-sig', 'utf-16', 'utf-32':
    with open(path, 'w', encoding=encoding) as f:
        f.write('aaa')
        end = f.tell()
    with open(path, 'a', encoding=encoding) as f:
        f.write('xxx')
    with open(path, encoding=encoding) as f:
        print(encoding, ascii(f.read()))
    with open(path, 'r+', encoding=encoding) as f:
        f.seek(end)
        f.write('zzz')
        f.seek(0)
        f.write('bbb')
    with open(path, 'rb') as f:
        print(f.read() == 'bbbzzz'.encode(encoding))
os.unlink(path)
os.rmdir(folder)
