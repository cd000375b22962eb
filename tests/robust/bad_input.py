#!/usr/bin/env python3
"""Hostile scripts, options and streams: each ends with the status and last line said here. bad_input.py GILLY"""
import pathlib
import subprocess
import sys
import tempfile

GILLY = str(pathlib.Path(sys.argv[1]).resolve())
#        name, arguments or source bytes, exit status, part of the last line of stderr
CASES = [
    ("nul byte", b"x = 1\0\n", 1, "source code cannot contain null bytes"),
    ("invalid utf-8", b'x = "\xff"\n', 1, "SyntaxError"),
    ("100,000 brackets", b"(" * 100000, 1, "too many nested parentheses"),
    ("100,000 signs", b"x = " + b"-" * 100000 + b"1", 1, "RecursionError"),
    ("a million terms", b"x = " + b"1+" * 1000000 + b"1", 0, ""),
    ("endless recursion", b"def f(): f()\nf()", 1, "RecursionError: maximum recursion depth exceeded"),
    ("deep repr", b"a=[]\nfor i in range(100000): a=[a]\nrepr(a)", 1, "RecursionError"),
    ("deep free", b"a=None\nfor i in range(1000000): a=(a,)\ndel a", 0, ""),
    ("huge string", b"'x' * 10**12", 1, "MemoryError"),
    ("memory limit", ["--max-memory=50M", "-c", "x=[]\nwhile True: x.append(x[:])"], 1, "MemoryError"),
    ("instruction limit", ["--max-instructions=100000", "-c", "while True: pass"], 124, "limit of 100000 instructions"),
    ("time limit", ["--timeout=0.3", "-c", "while True: pass"], 124, "time limit"),
    ("no such file", ["/nonexistent.py"], 2, "can't open file"),
    ("a folder", ["/tmp"], 1, "can't find '__main__' module"),
    ("unknown option", ["--nope"], 2, "unknown option"),
    ("bad size", ["--max-memory=lots"], 2, "wants a size"),
    ("list equal to itself", b"a=[];a.append(a);b=[];b.append(b);a==b", 1, "RecursionError"),
    ("dict in itself as json", b"import json\na={};a[1]=a\njson.dumps(a)", 1, "ValueError: Circular reference detected"),
    ("full disk", ["-c", "print(1)", ">/dev/full"], 120, "No space left on device"),
]


def run(what):
    if isinstance(what, list):
        out = subprocess.PIPE
        if what[-1] == ">/dev/full":
            what, out = what[:-1], open("/dev/full", "w")
        return subprocess.run([GILLY, *what], stdout=out, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=100)
    with tempfile.NamedTemporaryFile(suffix=".py") as f:
        f.write(what)
        f.flush()
        return subprocess.run([GILLY, f.name], capture_output=True, stdin=subprocess.DEVNULL, timeout=100)


def main():
    failed = 0
    for name, what, status, text in CASES:
        p = run(what)
        last = (p.stderr.decode("utf-8", "replace").strip().splitlines() or [""])[-1]
        if p.returncode != status or text not in last:
            failed += 1
            print(f"{name}: status {p.returncode}, not {status}; last line {last!r} should have {text!r}")
    return 1 if failed else 0


sys.exit(main())
