#!/usr/bin/env python3
"""Hostile scripts, options and streams: each ends with the status and last line said here. bad_input.py GILLY"""
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

GILLY = str(pathlib.Path(sys.argv[1]).resolve())
os.environ.pop("PYTHONUNBUFFERED", None)
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
    ("100,000 braces", b"{" * 100000, 1, "too many nested parentheses"),
    ("100,000 square brackets", b"[" * 100000 + b"]" * 100000, 1, "too many nested parentheses"),
    ("100,000 nots", b"x = " + b"not " * 100000 + b"1", 1, "RecursionError"),
    ("100,000 tildes", b"x = " + b"~" * 100000 + b"1", 1, "RecursionError"),
    ("100,000 powers", b"x = " + b"2**" * 100000 + b"1", 1, "RecursionError"),
    ("100,000 lambdas", b"x = " + b"lambda:" * 100000 + b"1", 1, "RecursionError"),
    ("100,000 conditions", b"x = " + b"1 if 1 else " * 100000 + b"1", 1, "RecursionError"),
    ("100,000 elifs", b"if 0: pass\n" + b"elif 0: pass\n" * 100000, 0, ""),
    ("3,000 ifs", b"\n".join(b" " * i + b"if 1:" for i in range(3000)), 1, "IndentationError: too many levels of indentation"),
    ("21 loops", b"\n".join(b" " * i + b"while 1:" for i in range(21)) + b"\n" + b" " * 21 + b"break", 1, "too many statically nested blocks"),
    ("100,000 calls", b"x" + b"()" * 100000, 1, "RecursionError"),
    ("100,000 attributes", b"x" + b".a" * 100000, 1, "RecursionError"),
    ("f-strings in f-strings", b"x = f'{1:" + b"{1:" * 100000 + b"}" * 100000 + b"}'", 1, "f-string: expressions nested too deeply"),
    ("pattern in pattern", b"match 1:\n case " + b"[" * 100000 + b"]" * 100000 + b": pass", 1, "too many nested parentheses"),
    ("100,000 decorators", b"@x\n" * 100000 + b"def f(): pass", 1, "NameError"),
    ("a line of 100 MB", b"x = '" + b"a" * 100_000_000 + b"'\nprint(len(x))", 0, ""),
    ("all bytes", bytes(range(1, 256)), 1, "SyntaxError"),
    ("unknown coding", b"# -*- coding: nonsense -*-\n", 1, "SyntaxError"),
    *((f"endless {name}", source, 1, "RecursionError: maximum recursion depth exceeded") for name, source in (
        ("__getattr__", b"class A:\n  def __getattr__(s, n): return getattr(s, n + 'x')\nA().b"),
        ("__repr__", b"class A:\n  def __repr__(s): return repr(s)\nrepr(A())"),
        ("__str__", b"class A:\n  def __str__(s): return '%s' % s\nstr(A())"),
        ("__eq__", b"class A:\n  def __eq__(s, o): return s == o\nA() == A()"),
        ("__hash__", b"class A:\n  def __hash__(s): return hash(s)\n{A(): 1}"),
        ("__format__", b"class A:\n  def __format__(s, f): return '{}'.format(s)\n'{}'.format(A())"),
        ("__iter__", b"class A:\n  def __iter__(s): return iter(s)\nlist(A())"),
        ("__call__", b"class A: pass\nA.__call__ = A()\nA()()"),
        ("__new__", b"class A:\n  def __new__(c): return A()\nA()"),
        ("__init__", b"class A:\n  def __init__(s): A()\nA()"),
        ("sort key", b"def k(x): return sorted([x], key=k)\nk(1)"),
        ("generators", b"def g(): yield from g()\nlist(g())"),
        ("loops over generators", b"def g():\n  for x in g(): yield x\nlist(g())"),
        ("exec", b"s = 'exec(s)'\nexec(s)"),
        ("re.sub", b"import re\ndef f(m): return re.sub('a', f, 'a')\nf(1)"),
        ("map of map", b"a = []\nfor i in range(300000): a = map(abs, a)\nlist(a)"),
        ("isinstance", b"t = ()\nfor i in range(100000): t = (t,)\nisinstance(1, t)"),
        ("comparison", b"a = []; b = []\nfor i in range(100000): a = [a]; b = [b]\na < b"),
        ("deepcopy", b"import copy\na = []\nfor i in range(100000): a = [a]\ncopy.deepcopy(a)"),
        ("json.dumps", b"import json\na = []\nfor i in range(100000): a = [a]\njson.dumps(a)"),
        ("json.loads", b"import json\njson.loads('[' * 100000 + ']' * 100000)"),
        ("exception groups", b"a = ValueError()\nfor i in range(100000): a = ExceptionGroup('x', [a])\na.split(ValueError)"),
        ("pattern of re", b"import re\nre.compile('(' * 100000 + ')' * 100000)"))),
    ("__del__ that makes another", b"class A:\n  def __del__(s): A()\nA()\nprint('ok')", 0, ""),
    *((f"deep {name} freed", source, 0, "") for name, source in (
        ("attributes", b"class A: pass\na = None\nfor i in range(300000):\n  b = A(); b.a = a; a = b\ndel a, b"),
        ("dicts", b"a = None\nfor i in range(300000): a = {1: a}\ndel a"),
        ("generators", b"def g(x): yield x\na = None\nfor i in range(100000):\n  b = g(a); next(b); a = b\ndel a, b"),
        ("closures", b"def f(x): return lambda: x\na = None\nfor i in range(100000): a = f(a)\ndel a"),
        ("exceptions", b"a = None\nfor i in range(100000):\n  b = ValueError(); b.__cause__ = a; a = b\ndel a, b"),
        ("iterators", b"a = []\nfor i in range(100000): a = zip(a)\ndel a"))),
    ("power under a limit", ["--max-memory=30M", "-c", "10**10**8"], 1, "MemoryError"),
    ("caught at the limit", ["--max-memory=100M", "-c", "a = []\ntry:\n  while 1: a.append(bytes(10**6))\nexcept MemoryError: del a"], 0, ""),
    ("doubling string", ["--max-memory=100M", "-c", "s = 'x'\nwhile 1: s += s"], 1, "MemoryError"),
    ("huge list", b"[0] * 10**12", 1, "MemoryError"),
    ("huge bytes", b"bytes(10**13)", 1, "MemoryError"),
    ("huge width", b"format(1, '1000000000000')", 1, "MemoryError"),
    ("huge shift", b"1 << 10**13", 1, "MemoryError"),
    ("time limit in C", ["--timeout=1", "-c", "import re; re.match('(a+)+$', 'a' * 40 + 'b')"], 124, "time limit"),
    ("unreadable file", ["/proc/self/mem"], 2, "can't open file"),
    ("modules gone", b"import sys, os, re, io\nfor m in 'posix', '_io', '_re': sys.modules[m] = 3\nos.stat('/'); re.match('a', 'a'); open('/dev/null').close(); del sys.modules['_io']; print(1)", 0, ""),
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


# ---- Ctrl-C while C code is at work, where CPython looks for it, too ----

LONG = ["sorted((i * 7919 % 1000003 for i in range(10**8)), key=lambda x: -x)", "__import__('re').match('(a+)+$', 'a' * 40 + 'b')",
        "[x for x in iter(int, 1) if x]", "__import__('time').sleep(100)"]


def interrupted():
    failed = 0
    for source in LONG:
        p = subprocess.Popen([GILLY, "-c", source], stderr=subprocess.PIPE)
        time.sleep(1)
        p.send_signal(signal.SIGINT)
        try:
            error = p.communicate(timeout=30)[1].decode()
        except subprocess.TimeoutExpired:
            p.kill()
            error = "it goes on"
        if p.returncode != -signal.SIGINT or not error.rstrip().endswith("KeyboardInterrupt"):
            failed += 1
            print(f"Ctrl-C in {source}: status {p.returncode}, {error[-300:]!r}")
    return failed


def closed_stdout():
    p = subprocess.run(["/bin/sh", "-c", f"{GILLY} -c 'print(1)' >&-"], capture_output=True, timeout=60)
    if p.returncode != 0 or p.stderr:
        print(f"closed stdout: status {p.returncode}, {p.stderr!r}")
    return p.returncode != 0 or p.stderr != b""


sys.exit(1 if main() + interrupted() + closed_stdout() else 0)
