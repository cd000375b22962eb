# in-place operators change the object or make another
l = m = [1]; l += (2,); l *= 2; print(m, l is m); t = u = (1,); t += (2,); print(u, t); s = w = {1}; s |= {2}; s -= {1}; print(w, s is w); d = e = {"a": 1}; d |= {"b": 2}; d |= [("c", 3)]; print(e, d is e); b = c = bytearray(b"a"); b += b"b"; b *= 2; print(c); x = y = "a"; x += "b"; print(x, y); f = g = frozenset([1]); f |= {2}; print(sorted(f), sorted(g))
for code in ("l += 5", "t += [1]", "s |= [1]", "d |= 5", "b += 'x'", "x += 1", "f &= [1]", "l *= 'a'", "l -= [1]", "n += 1"):
    try: exec(code)
    except Exception as e: print(code, "|", type(e).__name__, e)
