#!/usr/bin/env python3
"""Run every script under tests/scripts and examples with a build that watches its memory: memory_check.py GILLY [SCRIPT ...]

GILLY is built with -Ddebug_checks=true or -Db_sanitize=address,undefined. It frees everything at its end, and says what is left; this
fails when any script leaves something, trips an assertion or a sanitizer, or dies of a signal. What scripts print is not looked at."""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).parents[2]
COMPLAINT = re.compile(r"^gilly: (leak|bug).*|.*ERROR: (?:Address|Leak)Sanitizer.*|.*runtime error: .*", re.MULTILINE)


def directive(text, name):
    found = re.search(rf"^# {name}: ?(.*)$", text, re.MULTILINE)
    return found.group(1) if found else ""


def complaint(gilly, script):
    """What is wrong with this run, or None."""
    text = script.read_text("utf-8", "replace")
    env = {**os.environ, "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "ASAN_OPTIONS": "detect_leaks=1:allocator_may_return_null=1", "UBSAN_OPTIONS": "print_stacktrace=1"}
    with tempfile.TemporaryDirectory() as folder:
        try:
            p = subprocess.run([gilly, script, *directive(text, "args").split()], input=directive(text, "stdin").replace("\\n", "\n").encode(),
                               capture_output=True, env=env, cwd=folder, timeout=300)
        except subprocess.TimeoutExpired:
            return "takes more than 300 s"
    stderr = p.stderr.decode("utf-8", "replace")
    found = COMPLAINT.search(stderr)
    if found:
        return stderr[found.start():][:3000]
    return f"died of signal {-p.returncode}" if p.returncode < -2 and "os.kill" not in text and "abort" not in text else None  # 2: Ctrl-C


def main():
    gilly = str(pathlib.Path(sys.argv[1]).resolve())
    scripts = [pathlib.Path(name).resolve() for name in sys.argv[2:]]
    scripts = scripts or sorted(p for folder in ("tests/scripts", "examples") for p in (TOP / folder).rglob("*.py") if not {"data", "web"} & set(p.parts))
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("JOBS", "2"))) as pool:
        for script, what in zip(scripts, pool.map(lambda one: complaint(gilly, one), scripts)):
            if what:
                failed += 1
                print(f"{script.relative_to(TOP) if script.is_relative_to(TOP) else script}: {what}")
    print(f"{len(scripts) - failed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
