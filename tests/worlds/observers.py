#!/usr/bin/env python3
"""--stats, --trace, timeline and compare: what they write is whole, and bad input gets one line: observers.py GILLY."""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

GILLY = str(pathlib.Path(sys.argv.pop(1)).resolve())
SCRIPT = """import sys, threading, time
lock = threading.Lock()
def compute(n):
    while n: n -= 1
def naps():
    for _ in range(5): time.sleep(0.002)
def locks():
    for _ in range(5):
        with lock: time.sleep(0.001)
threads = [threading.Thread(target=compute, args=(400000,), name=f'C{i}') for i in range(2)]
threads += [threading.Thread(target=naps, name='N')] + [threading.Thread(target=locks, name=f'L{i}') for i in range(2)]
for t in threads: t.start()
for t in threads: t.join()
print('arguments', sys.argv[1:])
"""


def gilly(*words, **options):
    return subprocess.run([GILLY, *map(str, words)], capture_output=True, text=True, timeout=120, **options)


class Observers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name)
        cls.script = cls.path / "script.py"
        cls.script.write_text(SCRIPT)
        cls.trace = cls.path / "trace.json"
        p = gilly("--switch-interval=500us", f"--trace={cls.trace}", cls.script)
        assert p.returncode == 0, p.stderr

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def lanes(self):
        events = json.loads(self.trace.read_text())["traceEvents"]
        names = {e["tid"]: e["args"]["name"] for e in events if e["ph"] == "M"}
        lanes = {}
        for e in events:
            if e["ph"] == "X":
                lanes.setdefault(names[e["tid"]], []).append(e)
        return lanes, events

    def test_slices_of_a_lane_leave_no_gap(self):
        lanes, _ = self.lanes()
        self.assertEqual(set(lanes), {"MainThread", "C0", "C1", "N", "L0", "L1"})
        for name, slices in lanes.items():
            for before, after in zip(slices, slices[1:]):
                self.assertAlmostEqual(before["ts"] + before["dur"], after["ts"], delta=0.002, msg=name)

    def test_one_thread_holds_at_a_time(self):
        lanes, _ = self.lanes()
        held = sorted((e["ts"], e["ts"] + e["dur"]) for lane in lanes.values() for e in lane if e["args"]["state"] == "hold")
        for (_, end), (begin, _) in zip(held, held[1:]):
            self.assertLessEqual(end, begin + 60)  # a stamp is taken just before letting go, or just after taking

    def test_states_say_what_threads_did(self):
        lanes, events = self.lanes()
        states = {name: {e["args"]["state"] for e in slices} for name, slices in lanes.items()}
        self.assertIn("sleep", states["N"])
        self.assertTrue({"lock", "sleep"} <= states["L0"] | states["L1"])
        self.assertIn("lock", states["MainThread"])  # join
        self.assertIn("want", states["C1"])
        lines = {e["args"].get("line") for e in lanes["N"] if e["args"]["state"] == "sleep"}
        self.assertEqual(lines, {6})
        self.assertTrue(any(e["ph"] == "i" and e["name"] == "drop request" for e in events))
        self.assertEqual(sum(e["ph"] == "s" for e in events), sum(e["ph"] == "f" for e in events))

    def test_terminal_picture(self):
        p = gilly("timeline", self.trace, "--width=100")
        self.assertEqual((p.returncode, p.stderr), (0, ""))
        lines = p.stdout.splitlines()
        self.assertIn("profile py314, interval 0.5 ms, real clock", lines[0])
        self.assertEqual([line.split("|")[0].strip() for line in lines if line.endswith("|")], ["MainThread", "C0", "C1", "N", "L0", "L1"])
        self.assertTrue(all(len(line) <= 100 for line in lines[1:7]))

    def test_svg_is_well_formed(self):
        for make in (lambda out: gilly("timeline", self.trace, "-o", out), lambda out: gilly(self.script, f"--trace={out}")):
            out = self.path / "picture.svg"
            p = make(out)
            self.assertEqual((p.returncode, p.stderr), (0, ""))
            root = ElementTree.parse(out).getroot()
            self.assertEqual(root.tag, "{http://www.w3.org/2000/svg}svg")
            texts = {e.text for e in root.iter("{http://www.w3.org/2000/svg}text")}
            self.assertTrue({"MainThread", "C0", "N", "holds the GIL", "sleeps"} <= texts)

    def test_page_holds_its_data(self):
        out = self.path / "page.html"
        self.assertEqual(gilly("timeline", self.trace, "-o", out).returncode, 0)
        text = out.read_text()
        data = json.loads(re.search(r"^const data = (.*);$", text, re.MULTILINE)[1])
        self.assertEqual([lane["name"] for lane in data["lanes"]], ["MainThread", "C0", "C1", "N", "L0", "L1"])
        self.assertNotRegex(text, r"https?://(?!www\.w3\.org)")  # nothing is fetched

    def test_py27_shows_failed_wake_ups_and_py314_forces(self):
        out = self.path / "old.json"
        script = self.path / "two.py"
        script.write_text("import threading\ndef f(n):\n    while n: n -= 1\nts = [threading.Thread(target=f, args=(3000000,)) for _ in range(2)]\n"
                          "for t in ts: t.start()\nfor t in ts: t.join()\n")
        p = gilly("--profile=py27", f"--stats={out}", script)
        self.assertEqual((p.returncode, p.stderr), (0, ""))
        threads = json.loads(out.read_text())["threads"]
        self.assertGreater(sum(t["at_ticks"] for t in threads), 1000)
        self.assertEqual(sum(t["forced"] + t["drop_requests"] for t in threads), 0)
        p = gilly("--switch-interval=500us", f"--stats={out}", script)
        threads = json.loads(out.read_text())["threads"]
        self.assertGreater(sum(t["forced"] for t in threads), 2)
        self.assertEqual(sum(t["at_ticks"] for t in threads), 0)
        for t in threads:
            parts = sum(t[k] for k in ("hold_ns", "want_ns", "lock_ns", "io_ns", "sleep_ns", "foreign_ns"))
            self.assertAlmostEqual(parts, t["wall_ns"], delta=2_000_000, msg=t["name"])

    def test_lone_thread_neither_switches_nor_is_asked(self):
        out = self.path / "alone.json"
        self.assertEqual(gilly(f"--stats={out}", "-c", "for i in range(2000000): pass").returncode, 0)
        [t] = json.loads(out.read_text())["threads"]
        self.assertEqual((t["forced"], t["drop_requests"], t["want_ns"] < 1_000_000), (0, 0, True))

    def test_stats_table(self):
        p = gilly("--stats", self.script)
        self.assertRegex(p.stderr, r"statistics \(profile py314, interval 5 ms, real clock\)")
        for name in ("MainThread", "C0", "L1"):
            self.assertRegex(p.stderr, rf"(?m)^{name} ")
        self.assertRegex(p.stderr, r"switches: \d+ forced, \d+ voluntary")

    def test_deadlock_is_traced(self):
        out = self.path / "dead.json"
        p = gilly(f"--trace={out}", "-c", "import threading\nthreading.Event().wait()")
        self.assertEqual(p.returncode, 3)
        self.assertTrue(json.loads(out.read_text())["traceEvents"])

    def test_own_options_may_stand_behind_the_script(self):
        p = gilly(self.script, "--profile=py39", "a", "--other", "--", "--stats")
        self.assertEqual(p.stdout, "arguments ['a', '--other', '--', '--stats']\n")
        self.assertEqual(p.stderr, "")

    def test_bad_input_gets_one_line(self):
        broken = self.path / "broken.json"
        broken.write_text('{"traceEvents": [{"ph": "X"}]}')
        for words, text in ((["timeline", broken], "not a trace that gilly wrote"), (["timeline", self.script], "not a trace"), (["timeline", self.path / "none.json"], "No such file"),
                            (["timeline", self.trace, "-o", "x.png"], "ends in .svg or .html"), (["timeline", self.trace, "--from=x"], "wants a number"), (["timeline"], "which trace?"),
                            (["--profile=py99", self.script], "--profile wants"), (["--switch-interval=0", self.script], "--switch-interval wants"), (["--gil=maybe", self.script], "--gil wants"),
                            (["--stats=x", self.script], "--stats"), (["compare", "--worlds=mars", self.script], "no world 'mars'"), (["compare", "none.py"], "no file none.py"), (["compare"], "which script?"),
                            (["compare", "--runs=0", self.script], "--runs wants")):
            p = gilly(*words)
            self.assertEqual(p.returncode, 2, words)
            self.assertIn(text, p.stderr, words)
            self.assertNotIn("Traceback", p.stderr)
        p = gilly("--trace=/no/such/folder/t.json", "-c", "pass")
        self.assertIn("cannot write /no/such/folder/t.json", p.stderr)

    def test_compare(self):
        hang = self.path / "hang.py"
        hang.write_text("import sys, time\nprint('x', flush=True)\ntime.sleep(60)\n")
        for words, check in ((["--runs=2", self.script, "a"], self.check_rows), (["--runs=1", "--timeout=0.3", "--worlds=on", hang], self.check_hang)):
            p = gilly("compare", "--json", *words)
            self.assertEqual((p.returncode, p.stderr), (0, ""))
            check(json.loads(p.stdout)["rows"])
        p = gilly("compare", "--runs=2", "--worlds=on,py39", self.script)
        self.assertRegex(p.stdout, r"(?m)^world +outputs +ended +wall ms")
        self.assertRegex(p.stdout, r"(?m)^py39: 5 threads beside main; [\d.]+ cores busy; [\d.]+ of the time of on")
        p = gilly("compare", "--runs=1", "--markdown", "--worlds=on", self.script)
        self.assertIn("| on | 1 | exit 0 |", p.stdout)

    def check_rows(self, rows):
        self.assertEqual([row["world"] for row in rows], ["on", "off", "py311", "py39", "py27", "interpreters", "processes"])
        for row in rows:
            self.assertEqual(row["outputs"], [{"count": 2, "ended": "exit 0", "output": "arguments ['a']\n"}])
            self.assertGreaterEqual(row["threads"], 6)
            self.assertGreater(row["switches"], 5)
            self.assertGreater(row["resident_kib"], row["private_kib"])
            self.assertGreater(row["private_kib"], 500)

    def check_hang(self, rows):
        self.assertEqual(rows[0]["outputs"], [{"count": 1, "ended": "no end in 0.3 s", "output": "x\n"}])


unittest.main()
