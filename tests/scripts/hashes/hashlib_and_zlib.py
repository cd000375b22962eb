# hashlib and zlib: known values, pieces, copies, streams, errors; several threads.
import hashlib
import io
import threading
import zlib


def shows(what, f, *args):
    try:
        print(what, f(*args))
    except Exception as e:
        print(what, type(e).__name__, e)


for name in sorted(hashlib.algorithms_guaranteed):
    h = hashlib.new(name, b"abc")
    print(name, h.name, h.digest_size, h.block_size, h.hexdigest(*([16] if name.startswith("shake") else [])))
h = hashlib.sha256(b"a")
copy = h.copy()
h.update(b"bc")
print(h.hexdigest() == hashlib.sha256(b"abc").hexdigest(), copy.hexdigest() == hashlib.sha256(b"a").hexdigest(), h.digest()[:4])
print(hashlib.md5(memoryview(b"abc"), usedforsecurity=False).hexdigest(), hashlib.new("SHA256").name)
shows("str", hashlib.sha256, "text")
shows("unknown", hashlib.new, "nothing")
print(hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 10).hex(), len(hashlib.pbkdf2_hmac("sha1", b"p", b"s", 1, 50)))
shows("iterations", hashlib.pbkdf2_hmac, "sha1", b"p", b"s", 0)
print(hashlib.file_digest(io.BytesIO(b"x" * 100000), "sha1").hexdigest())
shared = hashlib.sha1()
threads = [threading.Thread(target=lambda: [shared.update(b"x" * 5000) for _ in range(20)]) for _ in range(4)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(shared.hexdigest() == hashlib.sha1(b"x" * 400000).hexdigest())

data = b"some data that repeats, some data that repeats, " * 500
packed = zlib.compress(data)
print(len(packed) < 300, zlib.decompress(packed) == data, zlib.crc32(data), zlib.adler32(data), zlib.crc32(b"abc", 5), zlib.crc32(b""), zlib.adler32(b""))
print(zlib.crc32(data[100:], zlib.crc32(data[:100])) == zlib.crc32(data))
for level in (0, 1, 9):
    print(level, zlib.decompress(zlib.compress(data, level)) == data)
print(zlib.decompress(zlib.compress(data, wbits=-15), wbits=-15) == data, zlib.decompress(zlib.compress(data, wbits=31), 47) == data)
c = zlib.compressobj(6)
pieces = [c.compress(data[i:i + 1000]) for i in range(0, len(data), 1000)]
copy = c.copy()
stream = b"".join(pieces) + c.flush()
print(zlib.decompress(stream) == data, copy.flush() == stream[len(b"".join(pieces)):])
d = zlib.decompressobj()
out = d.decompress(stream + b"behind", 100)
print(len(out), d.eof, len(d.unconsumed_tail) > 0)
while not d.eof:
    out += d.decompress(d.unconsumed_tail, 5000)
print(out == data, d.eof, d.unused_data)
shows("broken", zlib.decompress, b"no zlib data")
shows("cut", zlib.decompress, packed[:-5])
shows("level", zlib.compress, b"", 50)
shows("type", zlib.crc32, "text")
shows("wbits", zlib.compressobj, 6, 8, 99)
print(zlib.decompressobj().decompress(b""), zlib.compressobj().flush() == zlib.compress(b""))
