"""urlopen("http://..."): open a URL like a file. http and file; redirects are followed; no proxies, no https."""
import os
import socket

import http.client
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

__all__ = ["Request", "urlopen", "urlretrieve", "HTTPError", "URLError"]
_MOST_REDIRECTS = 10


class Request:
    """What to ask for: a URL, data to send, header fields."""

    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url, self.fragment = urldefrag(url)
        parts = urlsplit(self.full_url)
        if not parts.scheme:
            raise ValueError(f"unknown url type: {url!r}")
        self.type, self.host = parts.scheme, parts.netloc
        self.selector = (parts.path or "/") + ("?" + parts.query if parts.query else "")
        self.data = data
        self.headers = {}
        for name, value in headers.items():
            self.add_header(name, value)
        if method:
            self.method = method

    def get_method(self):
        return getattr(self, "method", "POST" if self.data is not None else "GET")

    def get_full_url(self):
        return self.full_url + ("#" + self.fragment if self.fragment else "")

    def add_header(self, key, val):
        self.headers[key.capitalize()] = val

    def has_header(self, name):
        return name in self.headers

    def get_header(self, name, default=None):
        return self.headers.get(name, default)

    def header_items(self):
        return list(self.headers.items())


def urlopen(url, data=None, timeout=socket._GLOBAL_DEFAULT_TIMEOUT, *, context=None):
    """Open a URL: an object to read, with status, headers and url."""
    request = url if isinstance(url, Request) else Request(url, data)
    if isinstance(url, Request) and data is not None:
        request.data = data
    if isinstance(request.data, str):
        raise TypeError("POST data should be bytes, an iterable of bytes, or a file object. It cannot be of type str.")
    for _ in range(_MOST_REDIRECTS + 1):
        if request.type == "file":
            return _open_file(request)
        if request.type != "http":
            raise URLError(f"unknown url type: {request.type}")
        response = _ask(request, timeout)
        if 200 <= response.status < 300:
            return response
        where = response.headers.get("location")
        if response.status not in (301, 302, 303, 307, 308) or not where or request.get_method() not in ("GET", "HEAD", "POST"):
            raise HTTPError(request.full_url, response.status, response.reason, response.headers, response)
        response.close()
        headers = {k: v for k, v in request.headers.items() if k.lower() not in ("content-length", "content-type")}
        request = Request(urljoin(request.full_url, where), headers=headers, method="HEAD" if request.get_method() == "HEAD" else "GET")
    raise HTTPError(request.full_url, response.status, "The HTTP server returned a redirect error that would lead to an infinite loop.", response.headers, response)


def _ask(request, timeout):
    if not request.host:
        raise URLError("no host given")
    headers = {"User-agent": "Python-urllib/3.11", **request.headers, "Connection": "close"}
    if request.data is not None and "Content-type" not in headers:
        headers["Content-type"] = "application/x-www-form-urlencoded"
    connection = http.client.HTTPConnection(request.host.rpartition("@")[2], timeout=timeout)
    try:
        try:
            connection.request(request.get_method(), request.selector, request.data, {k.title(): v for k, v in headers.items()})
        except OSError as e:
            raise URLError(e)
        response = connection.getresponse()
    except:
        connection.close()
        raise
    response.url = request.get_full_url()
    response.msg = response.reason
    return response


def _open_file(request):
    path = unquote(urlsplit(request.full_url).path)
    try:
        file = open(path, "rb")
    except OSError as e:
        raise URLError(e)
    return _File(file, request.full_url)


class _File:
    """An open file that looks like an answer."""

    status = code = None

    def __init__(self, file, url):
        self._file, self.url = file, url
        self.headers = http.client.HTTPMessage()
        self.headers["Content-length"] = str(os.fstat(file.fileno()).st_size)

    def __getattr__(self, name):
        return getattr(self._file, name)

    def __iter__(self):
        return iter(self._file)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self._file.close()

    def geturl(self):
        return self.url

    def info(self):
        return self.headers


def urlretrieve(url, filename=None, reporthook=None, data=None):
    """Copy what a URL gives into a file: (its name, header fields)."""
    import tempfile
    with urlopen(url, data) as source:
        if filename is None:
            fd, filename = tempfile.mkstemp()
            os.close(fd)
        with open(filename, "wb") as out:
            while piece := source.read(8192):
                out.write(piece)
        return filename, source.headers


def pathname2url(pathname):
    from urllib.parse import quote
    return quote(pathname)


def url2pathname(pathname):
    return unquote(pathname)
