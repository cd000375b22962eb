"""Header fields: read from a connection, looked up whatever their case."""

MAX_LINE, MAX_HEADERS = 65536, 100


class HTTPException(Exception):
    pass


class LineTooLong(HTTPException):
    def __init__(self, line_type):
        super().__init__(f"got more than {MAX_LINE} bytes when reading {line_type}")


class HTTPMessage:
    """The header fields of a message, in order; a name may come several times."""

    def __init__(self):
        self._fields = []

    def __len__(self):
        return len(self._fields)

    def __contains__(self, name):
        return self.get(name) is not None

    def __getitem__(self, name):
        return self.get(name)

    def __setitem__(self, name, value):
        self._fields.append((name, value))

    def __delitem__(self, name):
        self._fields = [(n, v) for n, v in self._fields if n.lower() != name.lower()]

    def __iter__(self):
        return iter(self.keys())

    def __str__(self):
        return "".join(f"{n}: {v}\n" for n, v in self._fields) + "\n"

    as_string = __str__

    def get(self, name, default=None):
        name = name.lower()
        for n, v in self._fields:
            if n.lower() == name:
                return v
        return default

    def get_all(self, name, default=None):
        found = [v for n, v in self._fields if n.lower() == name.lower()]
        return found or default

    def add_header(self, name, value):
        self[name] = value

    def keys(self):
        return [n for n, _ in self._fields]

    def values(self):
        return [v for _, v in self._fields]

    def items(self):
        return list(self._fields)

    def get_content_type(self):
        return self.get("content-type", "text/plain").split(";")[0].strip().lower()

    def get_param(self, name, default=None, header="content-type"):
        for part in self.get(header, "").split(";")[1:]:
            key, _, value = part.strip().partition("=")
            if key.lower() == name.lower():
                return value.strip('"')
        return default

    def get_content_charset(self, default=None):
        charset = self.get_param("charset")
        return default if charset is None else charset.lower()


def parse_headers(fp):
    """The header fields up to the empty line."""
    message, lines = HTTPMessage(), 0
    while True:
        line = fp.readline(MAX_LINE + 1)
        if len(line) > MAX_LINE:
            raise LineTooLong("header line")
        if line in (b"\r\n", b"\n", b""):
            return message
        lines += 1
        if lines > MAX_HEADERS:
            raise HTTPException(f"got more than {MAX_HEADERS} headers")
        text = line.decode("iso-8859-1").rstrip("\r\n")
        if text[0] in " \t" and message._fields:  # the line before goes on
            name, value = message._fields[-1]
            message._fields[-1] = (name, f"{value}\r\n{text}")
            continue
        name, colon, value = text.partition(":")
        if colon and name and name == name.strip():
            message[name] = value.strip()
