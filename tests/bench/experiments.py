#!/usr/bin/env python3
"""Run the examples that measure, under gilly and beside it python3, and hold the figures against examples/expect.toml.
experiments.py GILLY [NAME ...]. Needs two free cores; prints a table, and exits 1 when a figure of gilly's is outside its range."""
import math
import os
import pathlib
import subprocess
import sys
import tomllib

ORACLE = "/usr/bin/python3"
EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"


def figures(program, name):
    if program == ORACLE and "\n# python: " in (EXAMPLES / f"{name}.py").read_text():
        return {}  # it is too old
    p = subprocess.run([program, EXAMPLES / f"{name}.py", "--figures"], capture_output=True, text=True, timeout=300, env={**os.environ, "PYTHONUNBUFFERED": ""})
    if p.returncode:
        raise SystemExit(f"{name}: status {p.returncode}\n{p.stderr}")
    return {key: float(value) for key, value in (line.split() for line in p.stdout.splitlines())}


def main():
    gilly = sys.argv[1]
    expected = tomllib.loads((EXAMPLES / "expect.toml").read_text())
    outside = 0
    print(f"{'experiment':22} {'figure':18} {'range':>16} {'gilly':>10} {'python3':>10}")
    for name in sys.argv[2:] or expected:
        ours, theirs = figures(gilly, name), figures("/usr/bin/python3", name)
        for key, (least, most) in expected[name].items():
            good = least <= ours[key] <= most
            outside += not good
            print(f"{name:22} {key:18} {f'{least:g} .. {most:g}':>16} {ours[key]:>10g} {theirs.get(key, math.nan):>10g}{'' if good else '  OUTSIDE'}")
    return 1 if outside else 0


sys.exit(main())
