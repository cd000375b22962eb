# Pickler and Unpickler: files, the memo, persistent ids, dispatch tables, overriding, restricting, buffers beside the pickle, old pickles.
import copyreg
import io
import pickle
import re


class Thing:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        return f'Thing({self.n})'


def attempt(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except Exception as e:
        return f'{type(e).__name__}: {re.sub("0x[0-9a-f]+", "0x", str(e))}'


file = io.BytesIO()
pickle.dump([1, 2], file)
pickle.dump('second', file, 2)
file.write(b'rest')
file.seek(0)
print(pickle.load(file), pickle.load(file), file.read())

file = io.BytesIO()
p = pickle.Pickler(file, 2)
shared = ['shared']
p.dump(shared)
p.dump(shared)
print(file.getvalue(), len(p.memo.copy()))
p.clear_memo()
p.dump(shared)
print(len(file.getvalue()), p.bin, p.fast)
file.seek(0)
u = pickle.Unpickler(file)
first, second = u.load(), u.load()
print(first is second, u.memo.copy(), u.load() is first)


class NamesThings(pickle.Pickler):
    def persistent_id(self, obj):
        return ('thing', obj.n) if isinstance(obj, Thing) else None


class FindsThings(pickle.Unpickler):
    def persistent_load(self, pid):
        return f'found {pid}'


for protocol in 0, 2, 4:
    file = io.BytesIO()
    NamesThings(file, protocol).dump([Thing(1), 2, Thing(3)])
    print(FindsThings(io.BytesIO(file.getvalue())).load())
print(attempt(pickle.loads, file.getvalue()))


class Restricted(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) == ('builtins', 'range'):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f'{module}.{name} is forbidden')


for o in range(5), [print], Thing(1):
    for protocol in 0, 2, 4:
        print(attempt(Restricted(io.BytesIO(pickle.dumps(o, protocol))).load))

p = pickle.Pickler(file := io.BytesIO())
p.dispatch_table = copyreg.dispatch_table.copy()
p.dispatch_table[Thing] = lambda t: (str, (f'thing {t.n}',))
p.dump(Thing(4))
print(pickle.loads(file.getvalue()))


class Overrides(pickle.Pickler):
    def reducer_override(self, obj):
        if isinstance(obj, Thing):
            return tuple, ((obj.n, 'overridden'),)
        return NotImplemented


file = io.BytesIO()
Overrides(file).dump({'a': Thing(9), 'b': len})
print(pickle.loads(file.getvalue()))


def reduce_thing(t):
    return Thing, (t.n * 2,)


copyreg.pickle(Thing, reduce_thing)
print(pickle.loads(pickle.dumps(Thing(8))))
del copyreg.dispatch_table[Thing]
copyreg.add_extension(__name__, 'Thing', 0xABC)
data = pickle.dumps(Thing(1), 2)
print(data[:5], pickle.loads(data))
copyreg.remove_extension(__name__, 'Thing', 0xABC)
copyreg.clear_extension_cache()
print(attempt(pickle.loads, data))

print('buffers')
big = bytearray(b'big data')
buffers = []
data = pickle.dumps([pickle.PickleBuffer(big), pickle.PickleBuffer(b'frozen')], 5, buffer_callback=buffers.append)
print(data, [bytes(b.raw()) for b in buffers])
again = pickle.loads(data, buffers=buffers)
print(bytes(again[0]), again[0].obj is big if isinstance(again[0], memoryview) else type(again[0]).__name__, bytes(again[1]))
print(pickle.loads(pickle.dumps(pickle.PickleBuffer(big), 5)), pickle.loads(pickle.dumps(pickle.PickleBuffer(b'f'), 5)))
print(attempt(pickle.loads, data), attempt(pickle.loads, data, buffers=[big]), attempt(pickle.dumps, pickle.PickleBuffer(big), 4), attempt(pickle.dumps, 1, 4, buffer_callback=print))
b = pickle.PickleBuffer(big)
b.release()
print(attempt(b.raw), attempt(pickle.dumps, b, 5), attempt(pickle.PickleBuffer, 5))

print('old pickles')
for data, options in (b"S'text\\n\\x41'\np0\n.", {}), (b'U\x03ab\xe9.', dict(encoding='latin-1')), (b'U\x03ab\xe9.', dict(encoding='bytes')), (b'U\x03ab\xe9.', {}), (b"c__builtin__\nxrange\n(I1\nI5\ntR.", {}), (b'cexceptions\nValueError\n(S"x"\ntR.', {}), (b'(lp0\nI01\naI00\naL5L\naF1.5\naNa.', {}), (b'(I1\nI2\nd.', {}), (b'(ibuiltins\nlist\n.', {}), (b'(cbuiltins\nlist\no.', {}), (b'c__builtin__\nunicode\n(VA\\u0042\ntR.', {}), (b'c__builtin__\nxrange\n.', dict(fix_imports=False)):
    print(attempt(pickle.loads, data, **options))

print('wrong uses')
print(attempt(pickle.dumps, 1, 6), attempt(pickle.dump, 1, 5), attempt(pickle.load, 5), attempt(pickle.loads, 'text'))


class NoInit(pickle.Pickler):
    def __init__(self): pass


class NoInitU(pickle.Unpickler):
    def __init__(self): pass


print(attempt(NoInit().dump, 1), attempt(NoInitU().load), issubclass(pickle.PicklingError, pickle.PickleError))


class Short:
    """A file with read and readline only; never more than asked for."""

    def __init__(self, data): self.data = io.BytesIO(data)
    def read(self, n): return self.data.read(n)
    def readline(self): return self.data.readline()


value = [list(range(300)), {'key' * i: 'v' * i for i in range(50)}, 'x' * 100000]
for protocol in range(6):
    short = Short(pickle.dumps(value, protocol) + b'tail')
    print(pickle.load(short) == value, short.data.read())
chunks = []


class Sink:
    def write(self, data): chunks.append(len(data))


pickle.dump([b'x' * 100000, 'y' * 70000, 5], Sink())
print(chunks)
pickle.dump(list(range(100000)), Sink())
print(len(chunks), sum(chunks))
