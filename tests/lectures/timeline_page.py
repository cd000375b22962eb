#!/usr/bin/env python3
"""The page of a recorded run in headless Chromium: it draws, tells what one points at, zooms and moves: timeline_page.py GILLY.

Chromium is driven through ChromeDriver's WebDriver protocol, by plain HTTP. Ends with 77 (skipped) where chromedriver is not installed."""
import base64
import json
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

GILLY = str(pathlib.Path(sys.argv[1]).resolve())
SCRIPT = """import threading, time
def compute():
    n = 300000
    while n: n -= 1
def nap():
    for _ in range(3): time.sleep(0.03)
ts = [threading.Thread(target=compute, name='C'), threading.Thread(target=nap, name='N')]
for t in ts: t.start()
for t in ts: t.join()
"""


class Driver:
    def __init__(self, folder):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        self.process = subprocess.Popen(["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.base = f"http://127.0.0.1:{port}"
        args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", f"--user-data-dir={folder}/chromium", "--window-size=1200,600"]
        for _ in range(100):
            try:
                self.call("GET", "/status")
                break
            except OSError:
                time.sleep(0.1)
        self.session = "/session/" + self.call("POST", "/session", {"capabilities": {"alwaysMatch": {"goog:chromeOptions": {"args": args}}}})["sessionId"]

    def call(self, method, path, body=None):
        request = urllib.request.Request(self.base + path, method=method, data=json.dumps(body).encode() if body is not None else None, headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def run(self, script):
        return self.call("POST", self.session + "/execute/sync", {"script": script, "args": []})

    def actions(self, kind, actions, **more):
        self.call("POST", self.session + "/actions", {"actions": [{"type": kind, "id": kind, "actions": actions, **more}]})

    def move(self, x, y):
        self.actions("pointer", [{"type": "pointerMove", "duration": 0, "x": x, "y": y}], parameters={"pointerType": "mouse"})

    def wheel(self, x, y, delta):
        self.actions("wheel", [{"type": "scroll", "x": x, "y": y, "deltaX": 0, "deltaY": delta, "duration": 0}])

    def drag(self, x, y, to):
        self.actions("pointer", [{"type": "pointerMove", "duration": 0, "x": x, "y": y}, {"type": "pointerDown", "button": 0}, {"type": "pointerMove", "duration": 50, "x": to, "y": y},
                                 {"type": "pointerUp", "button": 0}], parameters={"pointerType": "mouse"})

    def view(self):
        return tuple(float(x) for x in self.run("return [document.body.dataset.begin, document.body.dataset.end]"))

    def close(self):
        try:
            self.call("DELETE", self.session)
        finally:
            self.process.terminate()
            self.process.wait()


def check(driver, page):
    driver.call("POST", driver.session + "/url", {"url": f"file://{page}"})
    whole = driver.view()
    lanes = driver.run("return data.lanes.map(l => [l.name, rows.get(l.tid)])")
    assert [name for name, _ in lanes] == ["MainThread", "C", "N"], lanes
    legend = driver.run("return document.getElementById('legend').textContent")
    assert "holds the GIL" in legend and "sleeps" in legend, legend
    box = driver.run("const b = canvas.getBoundingClientRect(); return [b.left, b.top]")
    # point at the middle of the longest slice of N
    at = driver.run("const l = data.lanes[2], s = l.slices.reduce((a, b) => b[1] - b[0] > a[1] - a[0] ? b : a); return [xOf((s[0] + s[1]) / 2), rows.get(l.tid) + 10, s[2]]")
    x, y = int(box[0] + at[0]), int(box[1] + at[1])
    driver.move(x, y)
    tip = driver.run("return [getComputedStyle(tip).display, tip.textContent]")
    assert tip[0] == "block" and tip[1].startswith("N: sleeps") and "script.py:6 nap" in tip[1], tip
    pixel = driver.run(f"return Array.from(pen.getImageData({int(at[0])} * (window.devicePixelRatio || 1), {int(at[1])} * (window.devicePixelRatio || 1), 1, 1).data)")
    assert pixel[:3] == [0xB9, 0xC0, 0xC8], pixel
    # zoom in where the pointer is, move, and back to all
    driver.wheel(x, y, -400)
    zoomed = driver.view()
    assert zoomed[1] - zoomed[0] < 0.6 * (whole[1] - whole[0]), (whole, zoomed)
    driver.drag(x, y, x - 100)
    moved = driver.view()
    assert moved[0] > zoomed[0] and abs((moved[1] - moved[0]) - (zoomed[1] - zoomed[0])) < 0.01, (zoomed, moved)
    driver.run("canvas.dispatchEvent(new MouseEvent('dblclick'))")
    assert driver.view() == whole
    driver.move(5, 5)
    shot = base64.b64decode(driver.call("GET", driver.session + "/screenshot"))
    assert shot.startswith(b"\x89PNG") and len(shot) > 5000
    return shot


def main():
    if not shutil.which("chromedriver"):
        print("chromedriver is not installed: skipped")
        return 77
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        script, page = pathlib.Path(folder, "script.py"), pathlib.Path(folder, "page.html")
        script.write_text(SCRIPT)
        subprocess.run([GILLY, f"--trace={page}", script], check=True)
        driver = Driver(folder)
        try:
            shot = check(driver, page)
        finally:
            driver.close()
        if len(sys.argv) > 2:
            pathlib.Path(sys.argv[2]).write_bytes(shot)
    print("drawn, pointed at, zoomed and moved")
    return 0


sys.exit(main())
