b = b"hello\x00\xff"
print(b, len(b), b[0], b[1:3], b + b"x", b * 2, b"l" in b, 104 in b, b.find(b"l"), b.split(b"l"), b.upper(), b.hex(), bytes.fromhex("0a ff"), list(b[:3]))
print(bytes(3), bytes([1, 2]), bytes("é", "utf-8"), b"a" < b"b", b"%d %s" % (5, b"x"), b"a,b".partition(b","), b"abc".replace(b"b", b"X"), b" a ".strip(), b"ab".decode(), repr(b"'\""))
ba = bytearray(b"abc")
ba[0] = 65; ba.append(100); ba.extend(b"ef"); ba += b"g"; del ba[1]; ba[1:2] = b"ZZ"; print(ba, len(ba), ba.pop(), bytes(ba), ba.find(b"Z"), ba == b"AZZdef")
m = memoryview(b"abcdef")
print(m[1], m[1:3].tobytes(), len(m), m.tolist()[:2], m.readonly, m.format, m == b"abcdef", bytes(m[::2]))
mb = memoryview(ba); mb[0] = 66; print(ba, mb.nbytes)
for f in [lambda: b"a" + "b", lambda: b"a"[5], lambda: bytes([300]), lambda: bytes("a"), lambda: b"a".join(["b"]), lambda: bytearray(b"a").__setitem__(0, 256), lambda: bytes.fromhex("zz"), lambda: m.__setitem__(0, 1), lambda: b"\xff".decode("ascii"), lambda: ba.append(1)]:
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(b"abc".translate(None, b"b"), b"Ab".swapcase(), b"a\nb".splitlines(), b"x".center(3, b"*"), b"a" in {b"a"}, hash(b"a") == hash(b"a"), b"1".isdigit(), b"abc".startswith(b"a"), b"\t".expandtabs(2))
