#!/usr/bin/env python3
"""Run one script under gilly and under Debian's python3 and compare: compare.py GILLY SCRIPT.

Same stdout, same exit status, same last line on stderr (of a traceback). A script may say on a line of its own
    # args: A B C        arguments for both
    # stdin: TEXT        standard input (\\n for newlines)
Both run with PYTHONHASHSEED=0 in a fresh folder."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ORACLE = "/usr/bin/python3"


def directive(text, name):
    found = re.search(rf"^# {name}: ?(.*)$", text, re.MULTILINE)
    return found.group(1) if found else None


def run(command, script, args, stdin):
    env = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryDirectory() as folder:
        p = subprocess.run([command, script, *args], input=stdin, capture_output=True, env=env, cwd=folder, timeout=60)
    error = p.stderr.decode("utf-8", "replace").strip().splitlines()
    return p.stdout.decode("utf-8", "replace"), p.returncode, error[-1] if error else ""


def main():
    gilly, script = (str(pathlib.Path(word).resolve()) for word in sys.argv[1:3])
    text = pathlib.Path(script).read_text("utf-8", "replace")
    args = (directive(text, "args") or "").split()
    stdin = (directive(text, "stdin") or "").replace("\\n", "\n").encode()
    ours = run(gilly, script, args, stdin)
    theirs = run(ORACLE, script, args, stdin)
    if ours == theirs:
        return 0
    for what, a, b in zip(("stdout", "exit status", "last line of stderr"), ours, theirs):
        if a == b:
            continue
        print(f"{what} differs")
        if what == "stdout":
            a, b = a.splitlines(), b.splitlines()
            for i in range(max(len(a), len(b))):
                x, y = a[i] if i < len(a) else "(nothing)", b[i] if i < len(b) else "(nothing)"
                if x != y:
                    print(f"  line {i + 1}:\n    gilly   {x}\n    python3 {y}")
                    break
        else:
            print(f"    gilly   {a}\n    python3 {b}")
    return 1


sys.exit(main())
