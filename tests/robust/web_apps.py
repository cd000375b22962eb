#!/usr/bin/env python3
"""The web apps of examples/web under hostile clients: web_apps.py GILLY [options]. Slow, half-closed, oversized and garbage requests get 4xx
or a closed connection, the server goes on, and neither descriptors nor memory grow over many requests."""
import concurrent.futures
import errno
import os
import pathlib
import re
import socket
import subprocess
import sys
import time

WEB = pathlib.Path(__file__).resolve().parents[2] / "examples" / "web"
GET = b"GET /light HTTP/1.1\r\nHost: localhost\r\n"
KINDS = {
    "complete": (GET + b"\r\n", r"HTTP/1.1 200"),
    "unknown path": (b"GET /nothing HTTP/1.1\r\n\r\n", r"HTTP/1.1 404"),
    "bad number": (b"GET /compute/-5 HTTP/1.1\r\n\r\n", r"HTTP/1.1 404"),
    "huge number": (b"GET /compute/" + b"9" * 500 + b" HTTP/1.1\r\n\r\n", r"HTTP/1.1 404"),
    "long line": (b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\n\r\n", r"HTTP/1.1 4\d\d|$"),
    "many fields": (GET + b"X: y\r\n" * 5000 + b"\r\n", r"HTTP/1.1 4\d\d|$"),
    "field without colon": (GET + b"nonsense\r\n\r\n", r"HTTP/1.1 (4\d\d|200)"),
    "other method": (b"BREW /light HTTP/1.1\r\n\r\n", r"HTTP/1.1 (405|501)"),
    "no method": (b"\r\n\r\n\r\n", r"HTTP/1.1 4\d\d|$"),
    "wrong version": (b"GET /light HTTP/9.9\r\n\r\n", r"(?s)HTTP/1.1 (400|505)|.*Error code: 505"),
    "zeros": (b"\0" * 1000 + b"\r\n\r\n", r"(?s)HTTP/1.1 4\d\d|.*400|$"),
    "every byte": (bytes(range(256)) * 20 + b"\r\n\r\n", r"(?s)HTTP/1.1 4\d\d|.*400|$"),
    "half": (GET, r"HTTP/1.1 (400|200)|$"),
    "nothing": (b"", r"$"),
}


def exchange(port, data, linger=True):
    """What the server answers to data, after which we send no more."""
    with socket.create_connection(("127.0.0.1", port), 20) as s:
        answer = b""
        try:
            s.sendall(data)
            if linger:
                s.shutdown(socket.SHUT_WR)
            while part := s.recv(65536):
                answer += part
        except OSError as e:
            if e.errno not in (errno.ECONNRESET, errno.EPIPE, errno.ENOTCONN):
                raise  # else it has closed on us: fine
        return answer.decode("latin-1")


def slow(port):
    """A client that never ends its request: (how it was answered, seconds)."""
    begin = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), 20) as s:
        s.sendall(GET)
        answer = b""
        while part := s.recv(65536):
            answer += part
    return answer.decode("latin-1"), time.monotonic() - begin


def leaver(port):
    """A client that is gone before its answer comes."""
    s = socket.create_connection(("127.0.0.1", port), 20)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # closing resets
    s.sendall(GET + b"\r\n" + GET)
    s.close()


def many(port, n):
    """n requests through one connection."""
    with socket.create_connection(("127.0.0.1", port), 20) as s:
        stream = s.makefile("rb")
        for _ in range(n):
            s.sendall(GET + b"\r\n")
            length = 0
            assert stream.readline().startswith(b"HTTP/1.1 200")
            while (line := stream.readline()) != b"\r\n":
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            assert stream.read(length) == b"light\n"


def usage(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s*(\d+)", status)[1]), len(os.listdir(f"/proc/{pid}/fd"))


def rounds(port):
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: many(port, 150), range(8)))
        list(pool.map(lambda _: leaver(port), range(40)))
        list(pool.map(lambda kind: exchange(port, kind[0]), list(KINDS.values()) * 3))


def check(command, app, say):
    p = subprocess.Popen([*command, str(WEB / f"{app}.py")], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        port = int(p.stdout.readline().rpartition(":")[2])
        for name, (data, expected) in KINDS.items():
            answer = exchange(port, data)
            say(re.match(expected, answer) is not None, f"{app}: {name}", answer[:60])
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            waits = [pool.submit(slow, port) for _ in range(4)]
            say(exchange(port, GET + b"\r\n").startswith("HTTP/1.1 200"), f"{app}: others are served meanwhile", "")
            for answer, seconds in (w.result() for w in waits):
                say(4 < seconds < 15 and re.match(r"HTTP/1.1 408|$", answer), f"{app}: slow", f"{answer[:40]} {seconds:.1f} s")
        rounds(port)
        time.sleep(0.3)
        memory, files = usage(p.pid)
        rounds(port)
        rounds(port)
        time.sleep(0.3)
        memory_now, files_now = usage(p.pid)
        say(memory_now < memory * 1.1 + 4096, f"{app}: memory", f"{memory} -> {memory_now} KiB")
        say(files_now <= files + 2, f"{app}: descriptors", f"{files} -> {files_now}")
        say(exchange(port, GET + b"\r\n").startswith("HTTP/1.1 200"), f"{app}: lives", "")
    finally:
        p.terminate()
        _, complaints = p.communicate(timeout=20)
    say("Fatal" not in complaints and "Sanitizer" not in complaints, f"{app}: ends quietly", complaints[-2000:])


def main():
    bad = 0

    def say(good, what, shown):
        nonlocal bad
        bad += not good
        if not good or "-v" in os.environ.get("WEB_APPS", ""):
            print("ok:" if good else "FAILED:", what, shown)

    for app in ("asyncio_app", "threaded_app"):
        check(sys.argv[1:], app, say)
    return bad > 0


sys.exit(main())
