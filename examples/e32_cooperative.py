"""E32: cooperative multitasking: generators in turn. One that never yields starves the rest; threads do not starve.
Look for: exactly A B C A B C A B C."""
import threading


def task(name, n):
    for _ in range(n):
        print(name, end=' ')
        yield


def round_robin(tasks):
    while tasks:
        current = tasks.pop(0)
        try:
            next(current)
        except StopIteration:
            continue
        tasks.append(current)


round_robin([task(name, 3) for name in 'ABC'])
print()
stop = False


def greedy():
    while not stop:
        pass


t = threading.Thread(target=greedy)
t.start()
print('main still gets its turns beside a thread that never yields')
stop = True
t.join()
