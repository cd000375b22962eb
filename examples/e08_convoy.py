"""E08: the convoy. A thread echoes what comes through a socket, beside k threads that only compute. A client in another process sends a
request every 2 ms and measures how long the answer takes.
Look for: about k times 5 ms, since the echo thread must wait for the GIL each time it comes back from its read. Without the pause
hardly any: it takes the GIL back before the thread that was woken has even run. With --gil=off hardly any at all."""
# gil: on
import os
import socket
import sys
import threading
import time

REQUESTS, PAUSE = 60, 0.002


def echo(connection):
    while data := connection.recv(64):
        connection.sendall(data)


def compute(stop):
    x = 0
    while not stop:
        x = (x * 3 + 1) & 65535


def client(connection, pause):
    """The milliseconds of the middle one of many requests."""
    times = []
    for _ in range(REQUESTS):
        time.sleep(pause)
        begin = time.perf_counter()
        connection.sendall(b'ping')
        connection.recv(64)
        times.append((time.perf_counter() - begin) * 1000)
    return sorted(times)[REQUESTS // 2]


def middle(k, pause):
    """The client's figure beside k computing threads."""
    ours, theirs = socket.socketpair()
    answer, answered = os.pipe()
    if os.fork() == 0:      # the client: before any thread starts
        ours.close()
        os.write(answered, f'{client(theirs, pause):.3f}'.encode())
        os._exit(0)
    theirs.close()
    os.close(answered)
    stop = []
    threads = [threading.Thread(target=compute, args=(stop,)) for _ in range(k)]
    for t in (echoer := threading.Thread(target=echo, args=(ours,)), *threads):
        t.start()
    figure = float(os.read(answer, 64))
    stop.append(True)
    for t in (echoer, *threads):
        t.join()
    os.wait()
    os.close(answer)
    ours.close()
    return figure


paused = [middle(k, PAUSE) for k in range(3)]
at_once = middle(1, 0)
if '--figures' in sys.argv:
    print(''.join(f'{k}_computing {p:.3f}\n' for k, p in enumerate(paused)), f'no_pause {at_once:.3f}', sep='')
else:
    print('alone, an answer comes at once:', paused[0] < 2)
    print('beside one that computes, it takes a switch interval:', 3 < paused[1])
    print('beside two no less:', 3 < paused[2])
