#!/usr/bin/env python3
"""Run one script under gilly and under Debian's python3 and compare: compare.py [--store] GILLY SCRIPT.

Same stdout, same exit status, same stderr: the whole of it, tracebacks with their carets and warnings included. Where python3 is
absent, SCRIPT's .out file stands for it; --store writes that file from python3. A script may say on a line of its own
    # args: A B C        arguments for both
    # stdin: TEXT        standard input (\\n for newlines)
    # stderr: last       compare only the last line of stderr
    # stderr: ignore     (of threads: the order of what they write there is open)
    # gil: on            what it prints holds only where threads take turns; not run with --gil=off
    # python: 3.14       needs a newer Python than python3 is: its .out file is what gilly prints
and beside the line that raises what ends the script
    # expect: TEXT       the last line of stderr is TEXT and the traceback points at this line
A script under differences/ stands for a known difference from CPython, in a module docstring with topic, cause and workaround: it must
differ, and its .out file is what gilly prints. Both run with PYTHONHASHSEED=0 in a fresh folder."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ORACLE = "/usr/bin/python3"
PARTS = ("stdout", "exit status", "stderr")


def directive(text, name):
    found = re.search(rf"^# {name}: ?(.*)$", text, re.MULTILINE)
    return found.group(1) if found else None


def run(command, script, args, stdin):
    """(stdout, exit status, stderr), without what changes from run to run: the script's folder and addresses."""
    env = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryDirectory() as folder:
        p = subprocess.run([command, script, *args], input=stdin, capture_output=True, env=env, cwd=folder, timeout=60)
    out, error = (text.decode("utf-8", "replace").replace(os.path.dirname(script) + "/", "") for text in (p.stdout, p.stderr))
    return out, p.returncode, re.sub(r"\b0x[0-9a-f]{6,}", "0x...", error).strip()


def read_stored(path):
    out, status, error = re.fullmatch(r"(.*)-- exit status (-?\d+)\n(.*)", path.read_text(), re.DOTALL).groups()
    return out, int(status), error.strip()


def store(path, result):
    out, status, error = result
    path.write_text(f"{out}-- exit status {status}\n{error}\n" if error else f"{out}-- exit status {status}\n")


def last_line(text):
    return text.splitlines()[-1] if text else ""


def first_difference(what, a, b):
    if what == "exit status":
        return f"    gilly   {a}\n    python3 {b}"
    a, b = a.splitlines(), b.splitlines()
    for i in range(max(len(a), len(b))):
        x, y = a[i] if i < len(a) else "(nothing)", b[i] if i < len(b) else "(nothing)"
        if x != y:
            return f"  line {i + 1}:\n    gilly   {x}\n    python3 {y}"
    return "    in the blanks at its end"


def check_expected(text, error):
    """A complaint when the script's # expect: is not what ended it, else None."""
    for number, line in enumerate(text.splitlines(), 1):
        found = re.search(r"# expect: (.*)$", line)
        if not found:
            continue
        if last_line(error) != found.group(1).strip():
            return f"line {number} expects\n    {found.group(1).strip()}\n  but stderr ends with\n    {last_line(error)}"
        if not re.search(rf", line {number}\b", error):
            return f"the traceback does not point at line {number}"
    return None


def main():
    words = [word for word in sys.argv[1:] if word != "--store"]
    gilly, script = (str(pathlib.Path(word).resolve()) for word in words[:2])
    text, stored = pathlib.Path(script).read_text("utf-8", "replace"), pathlib.Path(script).with_suffix(".out")
    args = (directive(text, "args") or "").split()
    stdin = (directive(text, "stdin") or "").replace("\\n", "\n").encode()
    is_difference = "/differences/" in script
    is_newer = directive(text, "python") is not None
    if "--store" in sys.argv:
        store(stored, run(gilly if is_difference or is_newer else ORACLE, script, args, stdin))
        return 0
    ours = run(gilly, script, args, stdin)
    if is_difference:
        if ours != read_stored(stored):
            print("not what its .out file says")
            return 1
        if os.path.exists(ORACLE) and ours == run(ORACLE, script, args, stdin):
            print("gilly and python3 agree: this difference is gone, take it off the list")
            return 1
        return 0
    theirs = run(ORACLE, script, args, stdin) if os.path.exists(ORACLE) and not is_newer else read_stored(stored)
    complaint = check_expected(text, ours[2])
    if complaint:
        print(complaint)
        return 1
    how = directive(text, "stderr")
    if how:
        ours, theirs = ((*r[:2], last_line(r[2]) if how == "last" else "") for r in (ours, theirs))
    for what, a, b in zip(PARTS, ours, theirs):
        if a != b:
            print(f"{what} differs\n{first_difference(what, a, b)}")
    return ours != theirs


sys.exit(main())
