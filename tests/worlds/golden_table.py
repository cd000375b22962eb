#!/usr/bin/env python3
"""Which statements can lose updates in which world: golden_table.py GILLY [UPDATES].

A "no" must lose nothing, ever; a "yes" must lose in at least one of 20 runs (it is run until it does). Two threads each."""
import pathlib
import subprocess
import sys

GILLY = str(pathlib.Path(sys.argv[1]).resolve())
UPDATES = int(sys.argv[2]) if len(sys.argv) > 2 else 200000
WORLDS = {name: [f"--profile={name}", "--switch-interval=300us"] for name in ("py27", "py39", "py311", "py314")} | {"ft": ["--gil=off"]}
#        what it shows, set-up, body of the loop, the count at the end; loses under py27 py39, under py311 py314, without a GIL
ROWS = [
    ("c += 1", "c = 0", "c += 1", "c", "yes", "no", "yes"),
    ("a.x += 1", "a = A(); a.x = 0", "a.x += 1", "a.x", "yes", "no", "yes"),
    ("l[0] += 1", "l = [0]", "l[0] += 1", "l[0]", "yes", "no", "yes"),
    ("d['k'] += 1", "d = {'k': 0}", "d['k'] += 1", "d['k']", "yes", "no", "yes"),
    ("c += len(l)", "c = 0; l = [1]", "c += len(l)", "c", "yes", "no", "yes"),
    ("c += int(1)", "c = 0", "c += int(1)", "c", "yes", "yes", "yes"),
    ("c += abs(1)", "c = 0", "c += abs(1)", "c", "yes", "yes", "yes"),
    ("c += sum((1,))", "c = 0", "c += sum((1,))", "c", "yes", "yes", "yes"),
    ("c += one()", "c = 0", "c += one()", "c", "yes", "yes", "yes"),
    ("c = c + one()", "c = 0", "c = c + one()", "c", "yes", "yes", "yes"),
    ("c = one() + c", "c = 0", "c = one() + c", "c", "yes", "no", "yes"),
    ("t = c; one(); c = t + 1", "c = 0", "t = c; one(); c = t + 1", "c", "yes", "yes", "yes"),
    ("t = c; t += 1; c = t", "c = 0", "t = c; t += 1; c = t", "c", "yes", "no", "yes"),
    ("if c >= 0: c = c + 1", "c = 0", "if c >= 0: c = c + 1", "c", "yes", "no", "yes"),
    ("a loop between", "c = 0", "t = c\n        for _ in (1, 2): pass\n        c = t + 1", "c", "yes", "yes", "yes"),
    ("a.p += 1, property", "a = P()", "a.p += 1", "a.p", "yes", "yes", "yes"),
    ("o = o + 1, __add__", "o = Num(0)", "o = o + 1", "o.v", "yes", "yes", "yes"),
    ("d[k] += 1, __hash__", "k = K(); d = {k: 0}", "d[k] += 1", "d[k]", "yes", "yes", "yes"),
    ("L.append(1)", "L = []", "L.append(1)", "len(L)", "no", "no", "no"),
    ("L += [1]", "L = []", "L += [1]", "len(L)", "no", "no", "no"),
    ("try: c += 1", "c = 0", "try: c += 1\n        except TypeError: pass", "c", "yes", "no", "yes"),
    ("next(it), shared", "it = iter(range(2 * {n}))", "got.append(next(it, 0))", "len(set(got))", "no", "no", "yes"),
]
BODY = """
import sys, threading
class A: pass
class P:
    v = 0
    @property
    def p(self): return self.v
    @p.setter
    def p(self, v): self.v = v
class Num:
    def __init__(self, v): self.v = v
    def __add__(self, o): return Num(self.v + o)
class K:
    def __hash__(self): return 1
    def __eq__(self, o): return self is o
def one(): return 1
got = []
{setup}
def work():
    global c, o, L
    for _ in range({n}):
        {body}
threads = [threading.Thread(target=work) for _ in range(2)]
for t in threads: t.start()
for t in threads: t.join()
print(2 * {n} - {read})
"""


def lost(world, setup, body, read):
    n = UPDATES // 2
    text = BODY.format(setup=setup.replace("{n}", str(n)), body=body, read=read, n=n)
    p = subprocess.run([GILLY, *WORLDS[world], "-c", text], capture_output=True, text=True, timeout=120)
    if p.returncode or p.stderr:
        raise SystemExit(f"{world}: {body}: status {p.returncode}\n{p.stderr}")
    return int(p.stdout)


def main():
    wrong = 0
    for name, setup, body, read, old, new, ft in ROWS:
        said = []
        for world in WORLDS:
            expected = ft if world == "ft" else old if world in ("py27", "py39") else new
            runs, losses = 0, 0
            while runs < (20 if expected == "yes" else 2) and losses == 0:
                losses = lost(world, setup, body, read)
                runs += 1
            good = (losses > 0) == (expected == "yes")
            wrong += not good
            said.append(f"{world} {'lost' if losses else 'exact'}{'' if good else ' WRONG'}")
        print(f"{name:26} {', '.join(said)}")
    return 1 if wrong else 0


sys.exit(main())
