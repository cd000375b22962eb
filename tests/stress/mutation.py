#!/usr/bin/env python3
"""Threads that change one object at once, in every combination of its operations: mutation.py GILLY [SECONDS] [OPTION ...].
Each run (mutation_body.py) must end with status 0 and print "sound"; what it checks of sizes and iterators stands there. Which values are
lost is open; memory and the object's own rules are not. A failure names the command that repeats it."""
import os
import pathlib
import subprocess
import sys
import time

BODY = str(pathlib.Path(__file__).with_name("mutation_body.py"))
KINDS = ["list", "dict", "set", "bytearray", "deque", "instance", "class", "function", "exception", "module", "file", "generator", "iterators", "counts", "caches"]


def main():
    gilly = str(pathlib.Path(sys.argv[1]).resolve())
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 10
    options = sys.argv[3:]
    end = time.monotonic() + seconds
    runs = failures = 0
    while (time.monotonic() < end or runs < len(KINDS)) and failures < 5:
        kind, threads = KINDS[runs % len(KINDS)], (2, 4, 8)[runs // len(KINDS) % 3]
        command = [gilly, *options, BODY, kind, str(threads), str(runs)]
        try:
            p = subprocess.run(command, capture_output=True, timeout=300, env={**os.environ, "PYTHONHASHSEED": "0"})
            good = p.returncode == 0 and p.stdout.strip().endswith(b"sound") and not p.stderr.strip()
            told = f"status {p.returncode}\n{p.stdout.decode()[-500:]}\n{p.stderr.decode()[-6000:]}"
        except subprocess.TimeoutExpired as e:
            good, told = False, f"no end in {e.timeout} s\n{(e.stderr or b'').decode()[-2000:]}"
        runs += 1
        if not good:
            failures += 1
            print(f"FAILED: {' '.join(command)}\n{told}", flush=True)
    print(f"{runs} runs, {failures} failed")
    return 1 if failures else 0


sys.exit(main())
