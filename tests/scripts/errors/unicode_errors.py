# UnicodeError: fields and words
for f in (lambda: "aé€".encode("ascii"), lambda: b"a\xff\xfeb".decode(), lambda: b"\xc3".decode(), lambda: b"\xe2\x82".decode(), lambda: b"\xed\xa0\x80".decode(), lambda: b"\xf4\x90\x80\x80".decode(), lambda: "\ud800x".encode(), lambda: b"\x80".decode("ascii"), lambda: "€".encode("latin-1"), lambda: b"a".decode("utf-16"), lambda: b"\x00\xd8".decode("utf-16-le"), lambda: b"abc".decode("utf-32")):
    try: print(f())
    except UnicodeError as e: print(type(e).__name__, e, "|", e.encoding, e.start, e.end, e.reason)
for h in ("ignore", "replace", "backslashreplace", "surrogateescape"): print(ascii(b"a\xff\xc3b\xe2\x82c".decode("utf-8", h)))
