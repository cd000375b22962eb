"""A web app on asyncio: one thread, one event loop. GET /light answers at once, GET /compute/{n} computes n steps first.

    asyncio_app.py [--port 8000] [--compute inline|thread|process]

Look for: with --compute inline, a /light that comes while /compute runs waits for all of it, since nothing else can run in the loop.
Try: curl localhost:8000/light, and load.py beside this file.
"""
import argparse
import asyncio
import functools

import work

LARGEST_HEAD = 8192     # bytes of a request up to its empty line
SECONDS_TO_ASK = 5      # from a connection, or the answer before, to a complete request
REASONS = {200: "OK", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed", 408: "Request Timeout", 413: "Content Too Large",
           431: "Request Header Fields Too Large"}


class BadRequest(Exception):
    """Answered with args[0], then the connection is closed."""


async def read_head(reader):
    """The next request's lines; None when the client has closed the connection."""
    try:
        async with asyncio.timeout(SECONDS_TO_ASK):
            head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as e:
        if e.partial.strip():
            raise BadRequest(400)
        return None
    except asyncio.LimitOverrunError:
        raise BadRequest(431)
    except TimeoutError:
        raise BadRequest(408)
    return head.decode("latin-1").split("\r\n")[:-2]


def parse(lines):
    """(path, whether the connection stays) of a request."""
    try:
        method, path, version = lines[0].split(" ")
        fields = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines[1:])}
    except ValueError:
        raise BadRequest(400)
    if version not in ("HTTP/1.0", "HTTP/1.1") or not path.startswith("/"):
        raise BadRequest(400)
    if method != "GET":
        raise BadRequest(405)
    if "content-length" in fields or "transfer-encoding" in fields:
        raise BadRequest(413)  # nobody here wants a body
    connection = fields.get("connection", "").lower()
    return path, connection != "close" if version == "HTTP/1.1" else connection == "keep-alive"


async def answer_to(path, executor):
    """(status, text)"""
    if path == "/light":
        return 200, "light\n"
    start, _, steps = path.rpartition("/")
    if start != "/compute" or not (steps.isascii() and steps.isdigit() and len(steps) < 12):
        return 404, "not found\n"
    if executor is None:
        return 200, f"{work.compute(int(steps))}\n"
    return 200, f"{await asyncio.get_running_loop().run_in_executor(executor, work.compute, int(steps))}\n"


def response(status, text, stays):
    body = text.encode()
    return (f"HTTP/1.1 {status} {REASONS[status]}\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n"
            f"Connection: {'keep-alive' if stays else 'close'}\r\n\r\n").encode() + body


async def handle(executor, reader, writer):
    """One connection: requests and answers in turn."""
    try:
        stays = True
        while stays:
            try:
                lines = await read_head(reader)
                if lines is None:
                    break
                path, stays = parse(lines)
                status, text = await answer_to(path, executor)
            except BadRequest as e:
                stays, status = False, e.args[0]
                text = REASONS[status] + "\n"
            writer.write(response(status, text, stays))
            await writer.drain()
    except ConnectionError:
        pass  # the client is gone
    finally:
        writer.close()


async def main(port, place):
    executor = work.place(place)
    server = await asyncio.start_server(functools.partial(handle, executor), "127.0.0.1", port, limit=LARGEST_HEAD, backlog=512)
    print(f"listening on http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    try:
        async with server:
            await server.serve_forever()
    finally:
        if executor:
            executor.shutdown()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description="A web app on asyncio.")
    options.add_argument("--port", type=int, default=0, help="0: any that is free")
    options.add_argument("--compute", choices=work.PLACES, default="inline", help="where /compute/{n} computes")
    options = options.parse_args()
    try:
        asyncio.run(main(options.port, options.compute))
    except KeyboardInterrupt:
        pass
