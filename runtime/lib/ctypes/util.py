"""Find libraries by their short names."""
import os
import re


def _soname(path):
    """A library's own name, out of the file itself; None when it has none."""
    import struct
    try:
        with open(path, "rb") as f:
            data = f.read()
    except OSError:
        return None
    if data[:5] != b"\x7fELF\x02":
        return None
    table, = struct.unpack_from("<Q", data, 40)
    size, count = struct.unpack_from("<HH", data, 58)
    sections = [struct.unpack_from("<IIQQQQIIQQ", data, table + i * size) for i in range(count)]
    for kind, offset, length, link in ((s[1], s[4], s[5], s[6]) for s in sections):
        if kind != 6:  # the dynamic section
            continue
        texts = sections[link][4]
        for at in range(offset, offset + length, 16):
            tag, value = struct.unpack_from("<QQ", data, at)
            if tag == 14:
                end = data.index(b"\0", texts + value)
                return os.fsdecode(data[texts + value:end])
    return None


def _folders():
    yield from filter(None, os.environ.get("LD_LIBRARY_PATH", "").split(":"))
    machine = os.uname().machine
    for base in ("", "/usr"):
        yield f"{base}/lib/{machine}-linux-gnu"
        yield f"{base}/lib64"
        yield f"{base}/lib"
    yield "/usr/local/lib"


def find_library(name):
    """The name under which dlopen() finds library `name` ("c" gives "libc.so.6"), or None."""
    wanted = re.compile(r"lib%s\.so(\.[0-9]+)*$" % re.escape(name))
    for folder in _folders():
        try:
            found = sorted(filter(wanted.match, os.listdir(folder)), key=lambda file: [int(n) for n in re.findall(r"\.([0-9]+)", file)])
        except OSError:
            continue
        for file in reversed(found):
            soname = _soname(os.path.join(folder, file))
            if soname:
                return soname
    return None
