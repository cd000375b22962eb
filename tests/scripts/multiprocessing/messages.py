# Pipes, connections with keys, queues: what they carry, their limits, their ends.
import multiprocessing as mp
import os
import queue
from multiprocessing.connection import Client, Listener, wait


def echo(conn):
    while True:
        x = conn.recv()
        if x == 'end':
            return
        conn.send(x)


def serve_bytes(conn):
    conn.send_bytes(b'0123456789')
    conn.send_bytes(b'0123456789', 3, 4)
    conn.send_bytes(b'long' * 100000)
    conn.close()


def work(todo, done):
    for x in iter(todo.get, None):
        done.put(x * x)
        todo.task_done()
    todo.task_done()


def call(address, key):
    try:
        with Client(address, authkey=key) as conn:
            conn.send([os.getpid() > 0, 'hello'])
    except mp.AuthenticationError as e:
        pass


def refused(function, *args):
    try:
        print('given', function(*args))
    except Exception as e:
        print(type(e).__name__, e)


def main():
    for method in 'fork', 'spawn':
        ctx = mp.get_context(method)
        print('--', method)
        here, there = ctx.Pipe()
        p = ctx.Process(target=echo, args=(there,))
        p.start()
        there.close()
        for x in (1, 'text', [1.5, None], {'a': (1, 2)}, b'x' * 300000, list(range(50000)), range(3)):
            here.send(x)
            print(here.recv() == x, here.poll())
        here.send('end')
        p.join()
        print(p.exitcode)
        refused(here.recv)
        here.close()
        refused(here.recv)
        reader, writer = ctx.Pipe(duplex=False)
        p = ctx.Process(target=serve_bytes, args=(writer,))
        p.start()
        writer.close()
        room = bytearray(8)
        print(reader.readable, reader.writable, reader.recv_bytes())
        print(reader.recv_bytes_into(room, 2), room)
        refused(reader.recv_bytes_into, room)
        refused(reader.recv)
        p.join()
        refused(reader.send, 1)
        todo, done = ctx.JoinableQueue(), ctx.Queue()
        workers = [ctx.Process(target=work, args=(todo, done)) for _ in range(2)]
        for w in workers:
            w.start()
        for i in range(20):
            todo.put(i)
        todo.join()
        print(sorted(done.get() for _ in range(20)))
        for w in workers:
            todo.put(None)
        for w in workers:
            w.join()
        with Listener(authkey=b'key') as listener:
            p = ctx.Process(target=call, args=(listener.address, b'key'))
            p.start()
            with listener.accept() as conn:
                print(conn.recv())
            p.join()
            p = ctx.Process(target=call, args=(listener.address, b'other'))
            p.start()
            refused(listener.accept)
            p.join()
    q = mp.Queue(2)
    q.put(1)
    q.put(2)
    refused(q.put, 3, False)
    refused(q.put, 3, True, 0.01)
    print(q.full(), q.qsize(), q.get(), q.get(timeout=5))
    refused(q.get_nowait)
    refused(q.get, True, 0.01)
    q.close()
    try:
        q.put(1)
    except ValueError as e:
        print(str(e).split(" at ")[0])
    simple = mp.SimpleQueue()
    print(simple.empty())
    simple.put('x')
    print(simple.empty(), simple.get())
    a, b = mp.Pipe()
    c, d = mp.Pipe()
    print(wait([a, c], 0))
    b.send('b')
    d.send('d')
    print([conn.recv() for conn in wait([a, c], 5)])
    refused(mp.connection.Connection, -1)
    refused(a.send_bytes, b'abc', 4)
    refused(a.send_bytes, b'abc', 1, 5)
    refused(a.send_bytes, 'text')
    refused(a.send, lambda: 0)
    refused(Client, ('localhost', 1), 'AF_NONE')
    refused(Listener, None, None, 1, 'text')


if __name__ == '__main__':
    main()
