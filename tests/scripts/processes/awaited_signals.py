# Signals that are waited for instead of handled.
import os
import signal
import threading
import time

wanted = {signal.SIGUSR1, signal.SIGUSR2}
signal.pthread_sigmask(signal.SIG_BLOCK, wanted)
os.kill(os.getpid(), signal.SIGUSR1)
info = signal.sigwaitinfo(wanted)
print(info.si_signo == signal.SIGUSR1, info.si_code, info.si_errno, info.si_pid == os.getpid(), info.si_uid == os.getuid(), info.si_status, type(info).__name__, len(info))
begin = time.monotonic()
print(signal.sigtimedwait(wanted, 0.05), 0.04 < time.monotonic() - begin < 2, signal.sigtimedwait(wanted, 0))
threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGUSR2)).start()
print(signal.sigtimedwait(wanted, 10).si_signo == signal.SIGUSR2)

# another signal's handler runs meanwhile, and the wait goes on for the time that is left
seen = []
signal.signal(signal.SIGALRM, lambda *args: seen.append("alarm"))
signal.setitimer(signal.ITIMER_REAL, 0.02)
begin = time.monotonic()
print(signal.sigtimedwait(wanted, 0.1), seen, time.monotonic() - begin > 0.09)


def stop(*args):
    raise InterruptedError("by the handler")


signal.signal(signal.SIGALRM, stop)
signal.setitimer(signal.ITIMER_REAL, 0.02)
try:
    signal.sigwaitinfo(wanted)
except InterruptedError as e:
    print(e)
for bad in (lambda: signal.sigtimedwait(wanted, -1), lambda: signal.sigtimedwait([999], 0), lambda: signal.sigwaitinfo(5), lambda: signal.sigtimedwait(wanted, "1")):
    try:
        bad()
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
fd = os.pidfd_open(os.getpid())
signal.pidfd_send_signal(fd, signal.SIGUSR1)
print(signal.sigtimedwait(wanted, 1).si_signo == signal.SIGUSR1)
os.close(fd)
