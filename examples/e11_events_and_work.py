"""E11: a program that must handle an event every 10 ms and computes as well. The computing is done by a thread, then by a process.
Look for: how late the events are handled. Beside a thread, by up to a switch interval of the GIL or two; beside a process hardly at all,
though its answer takes the way through a pipe. With --gil=off the thread does as well as the process."""
# gil: on
import os
import sys
import threading
import time

EVENTS, EVERY = 60, 0.01


def compute(n):
    x = 0
    for i in range(n):
        x = (x * 31 + i) % 1000003
    return x


def handle_events(events):
    """How late, in milliseconds, each event was handled. An event is the time at which it happened, as text."""
    lateness = []
    for _ in range(EVENTS):
        happened = float(os.read(events, 32))
        lateness.append((time.monotonic() - happened) * 1000)
        compute(200)
    return sorted(lateness)


def event_source():
    """A process that writes an event every 10 ms: (pipe to read from, its number)."""
    events, to_us = os.pipe()
    pid = os.fork()
    if pid == 0:
        for _ in range(EVENTS):
            time.sleep(EVERY)
            os.write(to_us, f'{time.monotonic():<32}'.encode())
        os._exit(0)
    os.close(to_us)
    return events, pid


def trial(start_work, stop_work):
    """The lateness of 9 events in 10 at most, beside work."""
    events, pid = event_source()
    work = start_work()
    lateness = handle_events(events)
    stop_work(work)
    os.close(events)
    os.waitpid(pid, 0)
    return lateness[EVENTS * 9 // 10]


def in_a_thread():
    stop = threading.Event()

    def job():
        while not stop.is_set():
            compute(20000)

    thread = threading.Thread(target=job)
    thread.start()
    return thread, stop


def end_thread(work):
    thread, stop = work
    stop.set()
    thread.join()


def in_a_process():
    stop_in, stop_out = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(stop_out)
        os.set_blocking(stop_in, False)
        while True:
            compute(20000)
            try:
                os._exit(len(os.read(stop_in, 1)))  # the other end is closed
            except BlockingIOError:
                pass
    os.close(stop_in)
    return pid, stop_out


def end_process(work):
    pid, stop_out = work
    os.close(stop_out)
    os.waitpid(pid, 0)


alone = trial(lambda: None, lambda work: None)
process = trial(in_a_process, end_process)
thread = trial(in_a_thread, end_thread)
if '--figures' in sys.argv:
    print(f'alone {alone:.3f}\nprocess {process:.3f}\nthread {thread:.3f}')
else:
    print('events alone are handled at once:', alone < 3)
    print('beside a thread that computes they are late:', thread > 3)
    print('beside a process less so:', process < thread)
