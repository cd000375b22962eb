# equal strings hash alike however they were made; bytes and str are never equal
a, b = "hello", "".join(["hel", "lo"])
print(hash(a) == hash(b), {a: 1}[b], hash("") == hash(""), hash(b"x") == hash(bytes([120])), "x" == b"x", {"x": 1, b"x": 2}, hash("é") == hash("e\u0301"), hash("\U0001f600") == hash(chr(0x1f600)), len({a, b, "hello"}), hash(memoryview(b"ab")) == hash(b"ab"))
