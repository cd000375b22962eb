# gil: on
# start() returns when the thread has begun to run; short threads finish inside one turn, so they run in order.
import threading

order = []
threads = [threading.Thread(target=order.append, args=(i,)) for i in range(5)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(order)
