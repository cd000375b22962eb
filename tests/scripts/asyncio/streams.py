# Streams, transports and servers: TCP, Unix, UDP, draining, limits, ends; many connections; signals.
import asyncio
import os
import signal
import socket
import tempfile


async def echo(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
        await writer.drain()
    writer.close()


async def shows(what, awaitable):
    try:
        print(what, await awaitable)
    except Exception as e:
        print(what, type(e).__name__, e)


async def main():
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(server.is_serving(), len(server.sockets))
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"hello\nworld\n")
    await writer.drain()
    print(await reader.readline(), await reader.readexactly(3), await reader.read(100))
    print(writer.get_extra_info("peername") == ("127.0.0.1", port), writer.is_closing(), writer.can_write_eof())
    writer.write_eof()
    print(await reader.read(), reader.at_eof())
    writer.close()
    await writer.wait_closed()
    print(writer.is_closing())

    async def client(i):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        total = 0
        for n in range(5):
            writer.write(b"%d %d\n" % (i, n))
            total += len(await reader.readline())
        writer.close()
        await writer.wait_closed()
        return total

    print(sum(await asyncio.gather(*(client(i) for i in range(200)))))
    server.close()
    await server.wait_closed()
    print(server.is_serving(), server.sockets)
    try:
        await asyncio.open_connection("127.0.0.1", port)
    except ConnectionRefusedError as e:
        print(e.errno)

    # much data: the writer must wait for the reader
    got = asyncio.get_running_loop().create_future()

    async def swallow(reader, writer):
        n = 0
        while data := await reader.read(1000):
            n += len(data)
        got.set_result(n)
        writer.close()

    async with await asyncio.start_server(swallow, "127.0.0.1", 0) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        for i in range(100):
            writer.write(b"x" * 20000)
            await writer.drain()
        writer.close()
        print(await got)

    # readuntil and its limits
    r = asyncio.StreamReader(limit=10)
    r.feed_data(b"one;two;" + b"x" * 30)
    print(await r.readuntil(b";"), await r.readuntil(b";"))
    await shows("limit", r.readuntil(b";"))
    r.feed_eof()
    await shows("limit", r.readline())
    r = asyncio.StreamReader()
    r.feed_data(b"abc")
    r.feed_eof()
    await shows("exactly", r.readexactly(5))
    print([line async for line in r])

    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "s")
        async with await asyncio.start_unix_server(echo, path):
            reader, writer = await asyncio.open_unix_connection(path)
            writer.write(b"unix\n")
            print(await reader.readline())
            writer.close()
            await writer.wait_closed()

    # protocols
    log = []
    done = asyncio.get_running_loop().create_future()

    class Server(asyncio.Protocol):
        def connection_made(self, transport):
            self.transport = transport
            log.append("made")

        def data_received(self, data):
            log.append(data)
            self.transport.write(data[::-1])

        def eof_received(self):
            log.append("eof")

        def connection_lost(self, exc):
            log.append(("lost", exc))
            done.set_result(None)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(Server, "127.0.0.1", 0)
    s = socket.socket()
    s.setblocking(False)
    await loop.sock_connect(s, server.sockets[0].getsockname())
    await loop.sock_sendall(s, b"abc")
    print(await loop.sock_recv(s, 10))
    s.close()
    await done
    print(log)
    server.close()

    class Datagrams(asyncio.DatagramProtocol):
        def __init__(self):
            self.came = loop.create_future()

        def datagram_received(self, data, addr):
            self.came.set_result(data)

    t1, p1 = await loop.create_datagram_endpoint(Datagrams, local_addr=("127.0.0.1", 0))
    t2, p2 = await loop.create_datagram_endpoint(Datagrams, remote_addr=t1.get_extra_info("sockname"))
    t2.sendto(b"datagram")
    print(await p1.came)
    t1.close()
    t2.close()

    # files and signals
    r, w = os.pipe()
    came = asyncio.Event()
    loop.add_reader(r, lambda: (print(os.read(r, 10)), came.set()))
    os.write(w, b"pipe")
    await came.wait()
    print(loop.remove_reader(r), loop.remove_reader(r))
    came.clear()
    loop.add_signal_handler(signal.SIGUSR1, lambda: (print("signal"), came.set()))
    os.kill(os.getpid(), signal.SIGUSR1)
    await came.wait()
    print(loop.remove_signal_handler(signal.SIGUSR1))


asyncio.run(main())


async def interrupted():
    try:
        asyncio.get_running_loop().call_later(0.05, os.kill, os.getpid(), signal.SIGINT)
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("cancelled by Ctrl-C")
        raise


try:
    asyncio.run(interrupted())
except KeyboardInterrupt:
    print("KeyboardInterrupt")
