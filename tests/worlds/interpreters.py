#!/usr/bin/env python3
"""Isolated interpreters: each script of the folder beside this file prints what stands in its .out file, and Ctrl-C stops what runs inside:
interpreters.py [--store] GILLY. (The scripts need CPython 3.14's modules, so Debian's python3 cannot run them.)"""
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

FOLDER = pathlib.Path(__file__).with_suffix("")
STOPPED = """from concurrent import interpreters
import sys
i = interpreters.create()
i.exec('print("inside", flush=True)')
try:
    i.exec(sys.argv[1])
except KeyboardInterrupt:
    print("stopped")
i.exec('print("and on")')
"""
WAITS = ["while True: pass", "import time; time.sleep(30)", "import sys; sys.stdin.read(1)",
         "from concurrent import interpreters\ninterpreters.create_queue().get()"]


def clean(text):
    """Numbers of threads come as the threads do."""
    return re.sub(r"line \d+, in (_bootstrap_inner|run|_ask|call|exec)\b", r"line N, in \1", re.sub(r"Thread-\d+", "Thread-N", text))


def run_script(gilly, script):
    with tempfile.TemporaryDirectory() as folder:
        local = pathlib.Path(folder, script.name)
        local.write_text(script.read_text())
        p = subprocess.run([gilly, "-W", "always", local.name], cwd=folder, capture_output=True, text=True, timeout=100)
        return clean((p.stdout + p.stderr).replace(folder + "/", "")) + f"status {p.returncode}\n"


def run_stopped(gilly, code):
    with tempfile.TemporaryDirectory() as folder:
        local = pathlib.Path(folder, "stopped.py")
        local.write_text(STOPPED)
        p = subprocess.Popen([gilly, local, code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        first = p.stdout.readline()
        time.sleep(0.3)
        p.send_signal(signal.SIGINT)
        try:
            rest = p.communicate(timeout=20)[0]
        except subprocess.TimeoutExpired:
            p.kill()
            rest = "it went on\n"
        return first + rest


def main():
    words = sys.argv[1:]
    store = words[0] == "--store"
    gilly = str(pathlib.Path(words[-1]).resolve())
    failed = 0
    for script in sorted(FOLDER.glob("*.py")):
        got, stored = run_script(gilly, script), script.with_suffix(".out")
        if store:
            stored.write_text(got)
        if got != stored.read_text():
            failed += 1
            print(f"{script.name}: not what is stored:\n{got}")
    for code in WAITS:
        got = run_stopped(gilly, code)
        if got != "inside\nstopped\nand on\n":
            failed += 1
            print(f"Ctrl-C in {code!r}: {got}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
