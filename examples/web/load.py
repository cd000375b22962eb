"""Load for the two apps: one heavy request, and light ones while it runs. Prints the table of E09.

    load.py [--server "gilly --gil=off"] [--seconds 1] [--lights 100]

The apps run under --server (default: the interpreter that runs this). A row is an app and the place where it computes: how long the
heavy request took, how long the light ones (half of them less than p50, one in a hundred more than p99), and the server's memory.
"""
import argparse
import pathlib
import shlex
import socket
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROWS = (("asyncio_app", "inline"), ("asyncio_app", "thread"), ("asyncio_app", "process"), ("threaded_app", "inline"), ("threaded_app", "process"))
PAUSE = 0.005   # between light requests


class App:
    """A server process of ours."""

    def __init__(self, server, name, place):
        self.process = subprocess.Popen([*server, str(HERE / f"{name}.py"), "--compute", place], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if "listening" not in line:
            raise SystemExit(f"{name} did not start")
        self.port = int(line.rpartition(":")[2])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()  # a worker of its own ends with it: its pipe ends
        self.process.wait(10)
        self.process.stdout.close()

    def memory_mib(self):
        """Resident memory of the server and its worker, MiB."""
        pids = [self.process.pid, *children_of(self.process.pid)]
        return sum(resident_kib(pid) for pid in pids) / 1024

    def ask(self, path):
        s = socket.create_connection(("127.0.0.1", self.port), 60)
        s.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        return s


def children_of(pid):
    path = pathlib.Path(f"/proc/{pid}/task/{pid}/children")
    return [int(each) for each in path.read_text().split()] if path.exists() else []


def resident_kib(pid):
    lines = pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


def text_of(s):
    """The body of the answer that comes through s."""
    parts = []
    while part := s.recv(65536):
        parts.append(part)
    s.close()
    head, _, body = b"".join(parts).partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"unexpected answer: {head!r}")
    return body.decode()


def steps_for(app, seconds):
    """n for which /compute/{n} takes about so long when nothing else runs."""
    n = 100_000
    while True:
        begin = time.perf_counter()
        text_of(app.ask(f"/compute/{n}"))
        took = time.perf_counter() - begin
        if took > 0.1:
            return max(1, int(n * seconds / took))
        n *= 4


def measure(app, steps, lights):
    """(seconds of the heavy request, sorted milliseconds of the light ones)"""
    begin = time.perf_counter()
    heavy = app.ask(f"/compute/{steps}")
    time.sleep(0.02)  # it is being computed now
    times = []
    for _ in range(lights):
        start = time.perf_counter()
        text_of(app.ask("/light"))
        times.append((time.perf_counter() - start) * 1000)
        time.sleep(PAUSE)
    text_of(heavy)
    return time.perf_counter() - begin, sorted(times)


def percentile(times, percent):
    return times[min(len(times) - 1, len(times) * percent // 100)]


def rows(server, seconds, lights):
    """(app, place, heavy seconds, light milliseconds, memory)"""
    for name, place in ROWS:
        with App(server, name, place) as app:
            steps = steps_for(app, seconds)
            heavy, times = measure(app, steps, lights)
            yield name, place, heavy, times, app.memory_mib()


def main():
    options = argparse.ArgumentParser(description="One heavy request, and light ones meanwhile.")
    options.add_argument("--server", type=shlex.split, default=[sys.executable], help="the interpreter of the apps, with its options")
    options.add_argument("--seconds", type=float, default=1.0, help="how long the heavy request computes")
    options.add_argument("--lights", type=int, default=100, help="light requests, one after the other")
    options = options.parse_args()
    print(f"{'app':13} {'compute':8} {'heavy s':>8} {'light p50 ms':>13} {'p99 ms':>8} {'max ms':>8} {'MiB':>6}")
    for name, place, heavy, times, memory in rows(options.server, options.seconds, options.lights):
        print(f"{name:13} {place:8} {heavy:8.2f} {percentile(times, 50):13.2f} {percentile(times, 99):8.2f} {times[-1]:8.2f} {memory:6.1f}", flush=True)


if __name__ == "__main__":
    main()
