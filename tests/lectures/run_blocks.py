#!/usr/bin/env python3
"""Run what a page shows: run_blocks.py GILLY PAGE.md

In a page, a fence ```python NAME.py is a file; a fence ```console holds commands (`$ gilly NAME.py --stats`) and, below each,
what it prints (stdout and stderr as they come). In that, `...` stands for any text, and a line of `...` for any lines.
`$ python3 NAME.py` runs Debian's python3. A block that is neither is not run. A page without a console block is an error."""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

FENCE = re.compile(r"^```(\w*) ?(.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def pattern(text):
    """A regular expression for the expected output."""
    out = []
    for line in text.rstrip("\n").split("\n"):
        if line.strip() == "...":
            out.append(r"(?:.*\n)*?")
        else:
            out.append(".*?".join(re.escape(part.rstrip() if i == len(line.split("...")) - 1 else part) for i, part in enumerate(line.split("..."))) + r" *\n")
    return re.compile("".join(out))


def sessions(text):
    """(command, expected output, line in the block) of a console block."""
    command, expected, at = None, [], 0
    for number, line in enumerate(text.split("\n")):
        if line.startswith("$ "):
            if command:
                yield command, "\n".join(expected), at
            command, expected, at = line[2:], [], number
        elif command:
            expected.append(line)
    if command:
        yield command, "\n".join(expected).rstrip("\n"), at


def run(gilly, command, folder):
    words = shlex.split(command)
    programs = {"gilly": gilly, "python3": "/usr/bin/python3"}
    if words[0] not in programs:
        raise SystemExit(f"{command}: only gilly and python3 are run")
    env = {**os.environ, "PYTHONHASHSEED": "0"}
    p = subprocess.run([programs[words[0]], *words[1:]], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, env=env, stdin=subprocess.DEVNULL)
    return p.stdout.decode("utf-8", "replace")


def main():
    gilly, page = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
    text = page.read_text()
    failed = count = 0
    with tempfile.TemporaryDirectory() as folder:
        for match in FENCE.finditer(text):
            kind, name, body = match.groups()
            line = text[:match.start()].count("\n") + 2
            if kind == "python" and name:
                pathlib.Path(folder, name).write_text(body)
            if kind != "console":
                continue
            for command, expected, at in sessions(body):
                count += 1
                got = run(gilly, command, folder)
                if not pattern(expected).fullmatch(got if got.endswith("\n") or not got else got + "\n") and (expected or got):
                    failed += 1
                    print(f"{page}:{line + at}: $ {command}\n--- the page says\n{expected}\n--- it prints\n{got}")
    if count == 0:
        print(f"{page}: no console block")
        return 1
    print(f"{count - failed} of {count} commands print what the page says")
    return 1 if failed else 0


sys.exit(main())
