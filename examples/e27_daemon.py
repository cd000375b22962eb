"""E27: the end of the program does not wait for a daemon thread; its finally does not run.
Look for: one line only."""
import threading
import time


def daemon():
    try:
        time.sleep(0.3)
        print('not printed')
    finally:
        print('not printed either')


threading.Thread(target=daemon, daemon=True).start()
print('main done')
