# A daemon is not waited for: its finally does not run.
import threading
import time

def daemon():
    try:
        time.sleep(30)
        print('never')
    finally:
        print('not at exit')

threading.Thread(target=daemon, daemon=True).start()
print('main done')
