#!/usr/bin/env python3
"""Let the n-th allocation fail, for many n: the script ends with an error or without, never with a signal. alloc_failure.py GILLY"""
import pathlib
import subprocess
import sys

SCRIPT = pathlib.Path(__file__).parent / "small_script.py"


def main():
    bad = []
    for n in list(range(1, 200)) + list(range(200, 1200, 7)):
        p = subprocess.run([sys.argv[1], f"--fail-allocation={n}", str(SCRIPT)], capture_output=True, timeout=60)
        if p.returncode not in (0, 1, 2):  # 2: the script could not even be read
            bad.append((n, p.returncode))
    for n, code in bad:
        print(f"allocation {n} failed: exit status {code}")
    return 1 if bad else 0


sys.exit(main())
