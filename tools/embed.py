#!/usr/bin/env python3
"""Make a C table of the library's files: embed.py OUTPUT FOLDER. Run by meson."""
import pathlib
import sys


def c_string(text):
    """C string literals, a line of source each."""
    out = []
    for line in text.splitlines(keepends=True):
        escaped = line.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("?", "\\?")
        data = "".join(c if ord(c) < 128 else "".join(f"\\{b:03o}" for b in c.encode()) for c in escaped)
        data = data.replace("\t", "\\t").replace("\f", "\\f").replace("\r", "\\r")
        out.append(f'  "{data}"')
    return "\n".join(out) or '  ""'


def main():
    output, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    files = sorted(folder.rglob("*.py"), key=lambda p: p.relative_to(folder).as_posix().encode())
    # a section of its own: pages that others touch stay free of it
    parts = ['/* Made by tools/embed.py from runtime/lib. */\n#include "interp/vm/import.h"\n'
             '#define TEXT __attribute__((section("library_text")))\n']
    rows = []
    for i, path in enumerate(files):
        data = path.read_text("utf-8")
        parts.append(f"TEXT static const char file_{i}[] =\n{c_string(data)};\n")
        rows.append(f'    {{"{path.relative_to(folder).as_posix()}", file_{i}, sizeof file_{i} - 1}},\n')
    parts.append("const LibraryFile library_files[] = {\n" + "".join(rows) + "};\n")
    parts.append(f"const size_t library_file_count = {len(files)};\n")
    output.write_text("\n".join(parts))
    folders = sorted({path.parent for path in files})  # a folder's time changes when a file comes or goes
    pathlib.Path(str(output) + ".d").write_text(f"{output}: " + " ".join(str(p) for p in [*folders, *files]) + "\n")


main()
