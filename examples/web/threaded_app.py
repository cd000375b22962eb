"""The same web app with a thread for each connection. GET /light answers at once, GET /compute/{n} computes n steps first.

    threaded_app.py [--port 8000] [--compute inline|process]

Look for: a /light that comes while /compute runs waits for a few switch intervals of the GIL (5 ms), not for all of it; without the GIL,
or with the computing in a process, for nothing.
"""
import argparse
import http.server
import sys

import work


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"       # connections stay
    timeout = 5                         # seconds until the next request, and between its parts
    wbufsize = 64 * 1024                # head and body leave in one piece
    disable_nagle_algorithm = True
    executor = None

    def do_GET(self):
        start, _, steps = self.path.rpartition("/")
        if self.path == "/light":
            self.answer(200, "light\n")
        elif start == "/compute" and steps.isascii() and steps.isdigit() and len(steps) < 12:
            self.answer(200, f"{self.compute(int(steps))}\n")
        else:
            self.answer(404, "not found\n")

    def compute(self, n):
        return self.executor.submit(work.compute, n).result() if self.executor else work.compute(n)

    def answer(self, status, text):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            self.send_header("Connection", "close")  # a body that nobody reads must not be taken for the next request
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 512

    def handle_error(self, request, client_address):
        if not isinstance(sys.exception(), ConnectionError):  # those are the client's affair
            super().handle_error(request, client_address)


def main(port, place):
    Handler.executor = work.place(place)
    with Server(("127.0.0.1", port), Handler) as server:
        print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass
    if Handler.executor:
        Handler.executor.shutdown()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description="A web app with a thread for each connection.")
    options.add_argument("--port", type=int, default=0, help="0: any that is free")
    options.add_argument("--compute", choices=("inline", "process"), default="inline", help="where /compute/{n} computes; inline: in the connection's thread")
    options = options.parse_args()
    main(options.port, options.compute)
