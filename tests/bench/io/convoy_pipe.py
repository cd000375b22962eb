"""convoy_pipe: as convoy, over two pipes and with 0 to 3 hogs, so that it needs neither
sockets nor multiprocessing: an echo thread beside k threads that only compute; the client is
a forked process. Under the GIL an echo costs about k switch intervals (5 ms each) when the
client pauses between requests; without a pause the echo thread is often back before a hog
has woken up.
Stderr: one JSON line per case: p50, p99 and max in milliseconds."""
import os
import sys
import threading
import time


class Hog:
    """A thread that only computes, until told to stop."""

    def __init__(self):
        self.stop = False
        self.thread = threading.Thread(target=self.run)

    def run(self):
        x = 0
        while not self.stop:
            x = (x * 3 + 1) & 65535


def client(to_server, from_server, report, requests, pause):
    times = []
    for _ in range(requests):
        if pause:
            time.sleep(pause)
        begin = time.perf_counter()
        os.write(to_server, b"x")
        os.read(from_server, 1)
        times.append((time.perf_counter() - begin) * 1000)
    os.close(to_server)
    times.sort()
    os.write(report, b"%.4f %.4f %.4f" % (times[len(times) // 2], times[len(times) * 99 // 100], times[-1]))
    os._exit(0)


def case(hogs, requests, pause):
    (a, b), (c, d), (e, f) = os.pipe(), os.pipe(), os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(a)
        client(b, c, f, requests, pause)
    os.close(b)
    running = [Hog() for _ in range(hogs)]

    def echo():
        while data := os.read(a, 1):
            os.write(d, data)

    server = threading.Thread(target=echo)
    server.start()
    for hog in running:
        hog.thread.start()
    server.join()
    for hog in running:
        hog.stop = True
    for hog in running:
        hog.thread.join()
    p50, p99, most = map(float, os.read(e, 100).split())
    os.waitpid(pid, 0)
    for fd in (a, c, d, e, f):
        os.close(fd)
    print('{"case": "%d hogs, %s", "p50_ms": %.4f, "p99_ms": %.3f, "max_ms": %.3f}'
          % (hogs, "12 ms pause" if pause else "no pause", p50, p99, most), file=sys.stderr)


def main():
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    for hogs in range(4):
        case(hogs, requests, 0.012)
    for hogs in range(1, 3):
        case(hogs, requests * 5, 0)
    print("convoy_pipe", requests)


if __name__ == "__main__":
    main()
