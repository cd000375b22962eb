#!/usr/bin/env python3
"""What only gilly says about foreign code: who was running when the process died, --no-ffi, the events, and whether two calls run side by side.
foreign_code.py GILLY"""
import json
import os
import subprocess
import sys
import tempfile

gilly = sys.argv[1]


def run(script, *options):
    done = subprocess.run([gilly, *options, "-c", script], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout, done.stderr


def check(what, good, *facts):
    if not good:
        print("wrong:", what, *facts)
        sys.exit(1)
    print("ok:", what)


status, out, err = run("import ctypes; ctypes.CDLL(None).strlen(ctypes.c_void_p(8))")
check("a fault names the function", status == -11 and "segmentation fault in the foreign function strlen" in err, status, err)
status, out, err = run("import ctypes; ctypes.CDLL(None).abort()")
check("so does an abort", status == -6 and "abort in the foreign function abort" in err, status, err)
status, out, err = run("import ctypes; ctypes.CFUNCTYPE(None)()()")
check("a NULL function is an exception", status == 1 and "ValueError: attempt to call a NULL function pointer" in err, status, err)
status, out, err = run("import ctypes", "--no-ffi")
check("--no-ffi", status == 1 and "ImportError: ctypes is turned off (--no-ffi)" in err, status, err)
status, out, err = run("import ctypes; ctypes.pythonapi")
check("no pythonapi", status == 1 and "gilly has no C API" in err, status, err)

SIDE_BY_SIDE = """
import ctypes, threading
library = ctypes.%s(None)
inside = ctypes.c_int(0)
def sleep(): library.usleep(200000)
threads = [threading.Thread(target=sleep) for _ in range(2)]
import time
start = time.perf_counter()
for t in threads: t.start()
for t in threads: t.join()
print(time.perf_counter() - start)
"""
side = float(run(SIDE_BY_SIDE % "CDLL")[1])
after = float(run(SIDE_BY_SIDE % "PyDLL")[1])
check("CDLL lets the GIL go, PyDLL does not", side < 0.38 < after, side, after)

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "trace.json")
    run("import ctypes; f = ctypes.CDLL(None).abs; f(-1)", "--trace=" + path)
    states = [e["args"]["state"] for e in json.load(open(path))["traceEvents"] if e.get("cat") == "state"]
    check("the trace has foreign calls", "foreign" in states, states)
