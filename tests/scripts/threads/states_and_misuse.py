# Names, idents and states of threads; what may not be done to them.
import threading

def work():
    pass
t = threading.Thread(target=work)
print(t.name, t.ident, t.is_alive(), t.daemon, t.native_id)
t.start()
t.join()
print(t.is_alive(), isinstance(t.ident, int), isinstance(t.native_id, int))
print(threading.Thread(name='mine').name, threading.Thread(target=lambda: 0).name.split('-')[0])
print(threading.current_thread() is threading.main_thread(), threading.active_count(), threading.current_thread().name)
for wrong in (t.start, lambda: threading.Thread().join(), lambda: threading.current_thread().join(), lambda: setattr(t, 'daemon', True)):
    try:
        wrong()
    except RuntimeError as e:
        print('RuntimeError:', e)
try:
    threading.Thread(group=1)
except AssertionError as e:
    print('AssertionError:', e)
class Unready(threading.Thread):
    def __init__(self):
        pass
try:
    Unready().start()
except RuntimeError as e:
    print(e)
