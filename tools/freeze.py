#!/usr/bin/env python3
"""Make gilly of gilly-unfrozen: gilly-unfrozen freeze.py OUTPUT. The output is the program that runs this script, with the library's compiled
code in the room that it has for it (interp/vm/frozen.h). Run by meson."""
import os
import shutil
import sys

import _freeze


def main():
    output = sys.argv[1]
    image = _freeze.library()
    offset, size = _freeze.room()
    if len(image) > size:
        sys.exit(f"freeze.py: the library's code takes {len(image):,} bytes, FROZEN_ROOM in interp/vm/frozen.h has {size:,}")
    fresh = output + ".fresh"
    shutil.copy("/proc/self/exe", fresh)
    with open(fresh, "r+b") as program:
        program.seek(offset)
        program.write(image)
    os.chmod(fresh, 0o755)
    os.replace(fresh, output)


main()
