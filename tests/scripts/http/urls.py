# urllib.parse: splitting, joining, quoting, queries.
from urllib.parse import *

for url in ("http://user:pw@Host.example:8080/a/b;p?q=1&r=2#frag", "mailto:x@y", "//host/path", "/only/path?x", "", "http://[::1]:80/", "HTTP://h", "a:b:c", "http:relative", "file:///etc/passwd",
            "http://h?x#y?z", "path;params", b"http://bytes/x?y"):
    s = urlsplit(url)
    print(tuple(s), tuple(urlparse(url)), s.geturl())
s = urlsplit("http://user:pw@Host.example:8080/")
print(s.username, s.password, s.hostname, s.port, urlsplit("http://h").port, urlsplit("http://[FE80::1]/").hostname, s)
for bad in ("http://h:x/", "http://h:99999/"):
    try:
        urlsplit(bad).port
    except ValueError as e:
        print(e)
base = "http://a/b/c/d;p?q"
for rel in ("g", "./g", "g/", "/g", "//g", "?y", "g?y", "#s", "g#s", ";x", "", ".", "./", "..", "../", "../g", "../..", "../../g", "../../../g", "/./g", "/../g", "g.", "g..", "./../g", "g/./h", "g/../h", "http:g", "x:y"):
    print(rel, urljoin(base, rel))
print(quote("a b/ü&=~"), quote("a/b", safe=""), quote_plus("a b+c"), quote(b"\xff"), unquote("a%20b%C3%BC%ff%zz"), unquote_plus("a+b%2B"), unquote_to_bytes("%41%ff"))
print(parse_qs("a=1&a=2&b=&c"), parse_qs("a=1&b=&c", keep_blank_values=True), parse_qsl("x=%20+y&z=1"), urlencode({"a": 1, "b": "x y&"}), urlencode([("a", [1, 2])], doseq=True), urlencode({"a": [1]}))
print(urldefrag("http://h/p#f"), urlunsplit(("http", "h", "p", "q", "f")), urlunparse(("http", "h", "/p", "x", "q", "")))
