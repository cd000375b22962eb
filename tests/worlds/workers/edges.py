"""Sockets, SystemExit, threads in threads, timers, locals, join with a timeout."""
import threading, socket, sys, time
a, b = socket.socketpair()
def f(s): s.send(b'x')
try:
    t = threading.Thread(target=f, args=(a,)); t.start(); t.join(); print(b.recv(1))
except TypeError as e: print(type(e).__name__, e)
def g(): a.send(b'y')
t = threading.Thread(target=g, name='G'); t.start(); t.join()
class T(threading.Thread):
    def run(self): sys.exit(3)
t = T(); t.start(); t.join(); print(t.is_alive())
t = threading.Thread(target=lambda: threading.Thread(target=print, args=('nested thread',), kwargs={'flush': True}).start()); t.start(); t.join()
t = threading.Timer(0.01, print, ('timer',)); t.start(); t.join(); 
tl = threading.local(); tl.x = 1
def loc(): print(hasattr(tl, 'x'), flush=True)
t = threading.Thread(target=loc); t.start(); t.join()
print(threading.current_thread().name, threading.active_count())
t = threading.Thread(target=time.sleep, args=(0.2,)); t.start(); t.join(0.01); print(t.is_alive()); t.join(); print(t.is_alive())
