# Threads that are no daemons are joined at the end, before atexit functions run.
import atexit
import threading
import time

atexit.register(print, 'atexit')
def late():
    try:
        time.sleep(0.1)
        print('late thread', threading.main_thread().is_alive())
    finally:
        print('finally')
threading.Thread(target=late).start()
print('main done')
