"""E28: a result that is read before join is not there yet; the end of the program waits all the same.
Look for: None, then 42, then the last thread's line after "main done"."""
import threading
import time

result = None


def slow():
    global result
    time.sleep(0.05)
    result = 42


t = threading.Thread(target=slow)
t.start()
print(result)
t.join()
print(result)


def late():
    time.sleep(0.05)
    print('late, but it is waited for')


threading.Thread(target=late).start()
print('main done')
