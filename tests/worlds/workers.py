#!/usr/bin/env python3
"""--workers: each script of the folder beside this file prints with threads what python3 prints, and with processes and interpreters what stands
in its .processes and .interpreters files: workers.py [--store] GILLY. Then: what the end of a worker leaves behind."""
import os
import pathlib
import subprocess
import sys
import tempfile
import time

FOLDER = pathlib.Path(__file__).with_suffix("")
ORACLE = "/usr/bin/python3"


def run(command, script):
    with tempfile.TemporaryDirectory() as folder:
        local = pathlib.Path(folder, script.name)
        local.write_text(script.read_text())
        p = subprocess.run([*command, local.name], cwd=folder, capture_output=True, text=True, timeout=100)
        last = [line for line in p.stderr.splitlines() if line[:1] not in (" ", "") and not line.startswith("Traceback")]
        return p.stdout + "".join(f"stderr: {line}\n" for line in last) + f"status {p.returncode}\n"


def run_text(command, text, timeout=30):
    with tempfile.TemporaryDirectory() as folder:
        local = pathlib.Path(folder, "script.py")
        local.write_text(text)
        p = subprocess.run([*command, local], capture_output=True, text=True, timeout=timeout)
        return p.stdout, p.stderr, p.returncode


def ends(gilly):
    """Yields what is wrong."""
    killed = "import os, signal, threading\ndef f(): os.kill(os.getpid(), signal.SIGKILL)\nt = threading.Thread(target=f, name='T'); t.start(); t.join(); print(t.is_alive())\n"
    out, err, status = run_text([gilly, "--workers=processes"], killed)
    if (out, status) != ("False\n", 0) or "T: its process was ended by signal 9" not in err:
        yield f"a killed worker: {out!r} {err!r} {status}"
    # a parent that dies takes its workers along
    orphan = "import os, signal, sys, threading, time\ndef f(): print(os.getpid(), flush=True); time.sleep(60)\nthreading.Thread(target=f).start(); time.sleep(0.5); os.kill(os.getpid(), signal.SIGKILL)\n"
    out, _, _ = run_text([gilly, "--workers=processes"], orphan)
    time.sleep(1)
    if os.path.exists(f"/proc/{out.strip()}") and "Z" not in pathlib.Path(f"/proc/{out.strip()}/stat").read_text().split()[2]:
        yield "an orphan lives on"
    daemon = "import os, threading, time\ndef f(): print(os.getpid(), flush=True); time.sleep(60)\nthreading.Thread(target=f, daemon=True).start(); time.sleep(0.5)\n"
    for kind in ("processes", "interpreters"):
        begin = time.monotonic()
        out, err, status = run_text([gilly, f"--workers={kind}"], daemon)
        if status != 0 or err or time.monotonic() - begin > 20:
            yield f"a daemon, {kind}: {out!r} {err!r} {status}"
    out, err, status = run_text([gilly, "--workers=nonsense"], "")
    if status != 2 or "--workers wants threads, interpreters or processes" not in err:
        yield f"a wrong kind: {err!r} {status}"
    out, err, status = run_text([gilly, "--workers=interpreters"], "import threading\nt = threading.Thread(target=open('/dev/null').read)\nt.start()\n")
    if status != 1 or "line 3" not in err or "cannot be started in another interpreter" not in err:
        yield f"what cannot be copied: {err!r} {status}"


def main():
    words = sys.argv[1:]
    store = words[0] == "--store"
    gilly = str(pathlib.Path(words[-1]).resolve())
    wrong = []
    for script in sorted(FOLDER.glob("*.py")):
        if run([gilly], script) != run([ORACLE], script):
            wrong.append(f"{script.name}, threads: not what python3 prints\n{run([gilly], script)}")
        for kind in ("processes", "interpreters"):
            got, stored = run([gilly, f"--workers={kind}"], script), script.with_suffix(f".{kind}")
            if store:
                stored.write_text(got)
            if got != stored.read_text():
                wrong.append(f"{script.name}, {kind}: not what is stored\n{got}")
    wrong += ends(gilly)
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
