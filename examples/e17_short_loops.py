"""E17: a race that short loops hide: ten threads, each done inside one turn.
Look for: exact at 5,000 rounds, though the statement is the one that E15 loses with."""
# gil: on
import threading

c = 0


def one():
    return 1


def work():
    global c
    for _ in range(5000):
        c = c + one()


threads = [threading.Thread(target=work) for _ in range(10)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(c)
