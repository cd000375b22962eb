# http.server, http.client, urllib.request: answers, errors, bad requests, kept connections, chunks, redirects.
import http.client
import socket
import threading
import urllib.error
import urllib.request
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, body, status=200, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path == "/chunked":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for piece in (b"one ", b"two ", b"three"):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
        elif self.path == "/redirect":
            self.answer(b"", 302, Location="/hello?from=redirect")
        elif self.path == "/loop":
            self.answer(b"", 302, Location="/loop")
        elif self.path == "/raises":
            self.connection.close()
        elif self.path == "/missing":
            self.send_error(404)
        else:
            self.answer(f"{self.command} {self.path} {self.headers.get('X-Test')}".encode(), X_Field="field")

    def do_POST(self):
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(data[::-1], Content_Type="text/plain; charset=utf-8")


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
host, port = server.server_address
threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
base = f"http://{host}:{port}"
c = http.client.HTTPConnection(host, port, timeout=5)
for i in range(3):
    c.request("GET", f"/{i}", headers={"X-Test": str(i)})
    r = c.getresponse()
    print(r.status, r.reason, r.version, r.getheader("x_field"), r.read(), r.isclosed())
c.request("POST", "/", body=b"abc")
r = c.getresponse()
print(r.read(1), r.read(), r.headers.get_content_type(), r.headers.get_content_charset())
c.request("GET", "/chunked")
r = c.getresponse()
print(r.read(6), r.read(), r.read())
c.request("HEAD", "/")
print(c.getresponse().status)
c.close()
with urllib.request.urlopen(base + "/hello") as r:
    print(r.status, r.read(), r.url == base + "/hello", r.headers["X_Field"])
print(urllib.request.urlopen(base + "/redirect").read())
print(urllib.request.urlopen(urllib.request.Request(base + "/", data=b"data", headers={"X-Test": "1"})).read())
for path in ("/missing", "/loop"):
    try:
        urllib.request.urlopen(base + path)
    except urllib.error.HTTPError as e:
        print(e.code, str(e).split("\n")[0][:60])
        e.close()
for url in ("nonsense", "http://127.0.0.1:1/", "unknown://x/"):
    try:
        urllib.request.urlopen(url)
    except Exception as e:
        print(type(e).__name__, str(e)[:50])
for bad in (b"nonsense\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"PUT / HTTP/1.1\r\n\r\n", b"GET / FTP/1\r\n\r\n", b"GET /" + b"x" * 70000 + b" HTTP/1.1\r\n\r\n",
            b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n", b"\0\1\2\r\n", b""):
    with socket.create_connection((host, port)) as s:
        try:
            s.sendall(bad)
            s.shutdown(socket.SHUT_WR)
            answer = b""
            while piece := s.recv(1000):
                answer += piece
            line = answer.split(b"\r\n")[0]
            print(line if line.startswith(b"HTTP") else b"HTML" in answer)
        except ConnectionError:
            print("closed")
print(urllib.request.urlopen(base + "/lives").read())
server.shutdown()
server.server_close()
print(HTTPStatus.NOT_FOUND, HTTPStatus(404).phrase, HTTPStatus.OK == 200, http.client.responses[503], repr(HTTPStatus.IM_A_TEAPOT))
for wrong in (lambda: http.client.HTTPConnection("x:y"), lambda: http.client.HTTPConnection("h").getresponse(), lambda: http.client.HTTPConnection("h").putheader("A", "b")):
    try:
        wrong()
    except Exception as e:
        print(type(e).__name__, e)
