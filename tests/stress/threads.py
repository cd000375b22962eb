#!/usr/bin/env python3
"""Run threads_body.py under gilly again and again, with other seeds and options: threads.py GILLY [SECONDS] [FIRST_SEED].
Each run must print "checked" and end with status 0. A failure names the command that repeats it."""
import os
import pathlib
import subprocess
import sys
import time

BODY = str(pathlib.Path(__file__).with_name("threads_body.py"))
OPTIONS = [[], ["--switch-interval=50us"], ["--profile=py39", "--switch-interval=50us"], ["--profile=py27"], ["--profile=py311"],
           ["--switch-interval=1us"], ["--profile=py39"], ["--trace=/dev/null"]]
OPTIONS_WITHOUT_GIL = [[], ["--trace=/dev/null"]]


def main():
    gilly = str(pathlib.Path(sys.argv[1]).resolve())
    options = OPTIONS_WITHOUT_GIL if gilly.endswith("-ft") else OPTIONS
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 10
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    end = time.monotonic() + seconds
    runs = failures = 0
    while time.monotonic() < end and failures < 5:
        command = [gilly, *options[seed % len(options)], BODY, str(seed)]
        try:
            p = subprocess.run(command, capture_output=True, timeout=120, env={**os.environ, "PYTHONHASHSEED": "0"})
            good = p.returncode == 0 and p.stdout.strip().endswith(b"checked") and not p.stderr.strip()
            told = f"status {p.returncode}\n{p.stdout.decode()[-500:]}\n{p.stderr.decode()[-3000:]}"
        except subprocess.TimeoutExpired as e:
            good, told = False, f"no end in {e.timeout} s\n{(e.stderr or b'').decode()[-2000:]}"
        runs += 1
        if not good:
            failures += 1
            print(f"FAILED: {' '.join(command)}\n{told}")
        seed += 1
    print(f"{runs} runs, {failures} failed")
    return 1 if failures else 0


sys.exit(main())
