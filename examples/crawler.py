"""A crawler, and the server that it crawls: pages that link to each other, on loopback, with a delay and a size that one can set.

    crawler.py [--pages 12] [--threads 4] [--delay MS] [--cpu MS] [--size BYTES] [--times]

Each page takes --delay to arrive (a server far away) and --cpu to be read (of this process's own computing). See e12_what_to_optimise.py.
"""
import argparse
import asyncio
import os
import queue
import re
import signal
import sys
import threading
import time
import urllib.request


# ---- the server: a process of its own, so that its work does not take our GIL ----

def page(number, pages, size):
    """The pages are a tree: each links to ten below it, and to the first."""
    links = [n for n in (*range(10 * number + 1, 10 * number + 11), 0) if n < pages]
    text = f"<title>Page {number}</title>\n" + "".join(f'<a href="/{n}">{n}</a>\n' for n in links)
    return (text + "x" * (size - len(text))).encode()


def serve(pages, delay, size, ready):
    async def answer(reader, writer):
        request = await reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(delay)
        body = page(int(request.split()[1][1:]), pages, size)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)
        await writer.drain()
        writer.close()

    async def main():
        server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=256)
        os.write(ready, b"%d" % server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


class Site:
    """with Site(pages, delay, size) as address: the server runs."""

    def __init__(self, pages, delay, size):
        port, ready = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                serve(pages, delay, size, ready)
            finally:
                os._exit(0)
        self.address = f"http://127.0.0.1:{os.read(port, 10).decode()}"
        os.close(port)
        os.close(ready)

    def __enter__(self):
        return self.address

    def __exit__(self, *_):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


# ---- the crawler ----

def read_page(text, cpu):
    """(title, links) of a page; reading it takes cpu seconds of computing."""
    end = time.thread_time() + cpu
    found = re.search("<title>(.*)</title>", text)[1], re.findall('href="([^"]*)"', text)
    while time.thread_time() < end:
        pass
    return found


def crawl(address, threads, cpu):
    """{path: title} of all pages that can be reached from /0."""
    titles, known, lock, todo = {}, {"/0"}, threading.Lock(), queue.Queue()
    todo.put("/0")

    def worker():
        while (path := todo.get()) is not None:
            with urllib.request.urlopen(address + path) as answer:
                titles[path], links = read_page(answer.read().decode(), cpu)
            for link in links:
                with lock:
                    is_new = link not in known
                    known.add(link)
                if is_new:
                    todo.put(link)
            todo.task_done()

    workers = [threading.Thread(target=worker) for _ in range(threads)]
    for t in workers:
        t.start()
    todo.join()
    for _ in workers:
        todo.put(None)
    for t in workers:
        t.join()
    return titles


def main():
    options = argparse.ArgumentParser(description="Crawl a small site on loopback.")
    options.add_argument("--pages", type=int, default=12)
    options.add_argument("--threads", type=int, default=4)
    options.add_argument("--delay", type=float, default=10, help="of a page on its way, ms")
    options.add_argument("--cpu", type=float, default=1, help="to read a page, ms")
    options.add_argument("--size", type=int, default=500, help="of a page, bytes")
    options.add_argument("--times", action="store_true", help="print how long a page took")
    options = options.parse_args()
    with Site(options.pages, options.delay / 1000, options.size) as address:
        begin = time.perf_counter()
        titles = crawl(address, options.threads, options.cpu / 1000)
        took = time.perf_counter() - begin
    print(len(titles), "pages:", ", ".join(sorted(titles.values(), key=lambda title: int(title.split()[1]))))
    if options.times:
        print(f"{took / len(titles) * 1000:.1f} ms a page")


if __name__ == "__main__":
    sys.exit(main())
