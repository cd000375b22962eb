#!/usr/bin/env python3
"""A script whose threads all wait for ever is told so, with status 3; one that still can go on is not: deadlocks.py GILLY."""
import pathlib
import re
import subprocess
import sys
import tempfile

GILLY = str(pathlib.Path(sys.argv[1]).resolve())
CROSSED = """import threading, time
a, b = threading.Lock(), threading.Lock()
def one():
    with a:
        time.sleep(0.02)
        with b: pass
def two():
    with b:
        time.sleep(0.02)
        with a: pass
ts = [threading.Thread(target=one, name='T1'), threading.Thread(target=two, name='T2')]
for t in ts: t.start()
for t in ts: t.join()
"""
PHILOSOPHERS = """import threading, time
forks = [threading.Lock() for _ in range(5)]
def dine(i):
    with forks[i]:
        time.sleep(0.02)
        with forks[(i + 1) % 5]: pass
ts = [threading.Thread(target=dine, args=(i,), name=f'P{i}') for i in range(5)]
for t in ts: t.start()
for t in ts: t.join()
"""
#        name, options, script, status, patterns that stderr must have
CASES = [
    ("crossed locks", [], CROSSED, 3, [r"all 3 threads wait for ever", r"T1 waits for lock \S+, held by T2 since line 8", r"T2 waits for lock \S+, held by T1 since line 4",
                                       r"MainThread waits for T1 to end", r"wait cycle: T1 \(line 6\) -> T2 \(line 10\) -> T1"]),
    ("five philosophers", [], PHILOSOPHERS, 3, [r"all 6 threads", r"wait cycle: P0 .*P1 .*P2 .*P3 .*P4 .*-> P0"]),
    ("twice the same lock", [], "import threading\nl = threading.Lock()\nl.acquire()\nl.acquire()\n", 3, [r"the only thread waits for ever", r"which it holds itself since line 3", r"line 4, in <module>"]),
    ("nobody notifies", [], "import threading\nthreading.Thread(target=print).start()\nthreading.Event().wait()\n", 3, [r"waits to be notified", r"line 3, in <module>, in a call of Event.wait"]),
    ("a queue that nobody fills", [], "import queue, threading\nq = queue.Queue()\nthreading.Thread(target=q.get, daemon=True).start()\nq.get()\n", 3, [r"all 2 threads", r"\(daemon\)", r"Queue.get"]),
    ("at the end of main", [], "import threading\nl = threading.Lock(); l.acquire()\nthreading.Thread(target=l.acquire, name='W').start()\n", 3, [r"MainThread waits for W to end", r"W waits for lock"]),
    ("RLock is no deadlock", [], "import threading\nr = threading.RLock()\nwith r:\n    with r: print('fine')\n", 0, []),
    ("a sleeper may wake it", [], "import threading, time\ne = threading.Event()\ndef f():\n    time.sleep(0.1)\n    e.set()\nthreading.Thread(target=f).start()\ne.wait()\n", 0, []),
    ("a timeout ends it", [], "import threading\nprint(threading.Lock().acquire() and threading.Event().wait(0.05))\n", 0, []),
    ("a signal may wake it", [], "import signal, threading\ne = threading.Event()\nsignal.signal(signal.SIGALRM, lambda *a: e.set())\nsignal.setitimer(signal.ITIMER_REAL, 0.1)\ne.wait()\n", 0, []),
    ("turned off", ["--no-deadlock-exit", "--timeout=0.3"], "import threading\nthreading.Event().wait()\n", 124, []),
    ("under py27", ["--profile=py27"], CROSSED, 3, [r"wait cycle"]),
]


def main():
    failed = 0
    for name, options, script, status, patterns in CASES:
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "script.py")
            path.write_text(script)
            p = subprocess.run([GILLY, *options, path], capture_output=True, text=True, timeout=30)
        missing = [pattern for pattern in patterns if not re.search(pattern, p.stderr)]
        if p.returncode != status or missing:
            failed += 1
            print(f"{name}: status {p.returncode}, not {status}; missing {missing}\n{p.stderr}")
    print(f"{len(CASES) - failed} of {len(CASES)} as they should be")
    return 1 if failed else 0


sys.exit(main())
