# StringIO
import io
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


s = io.StringIO("line 1\nline 2\n"); print(s.read(4), s.readline(), s.tell(), s.readlines(), s.read(), s.seek(0), list(s), s.getvalue()); s.seek(0); print(s.write("LI"), s.getvalue()); s.seek(0, 2); s.write("end"); print(repr(s.getvalue()), s.truncate(3), s.getvalue(), s.tell(), s.seek(5), s.write("x"), repr(s.getvalue()))
show(s.write, b"x"); show(s.write, 5); show(s.seek, -1); show(s.seek, 1, 1); show(s.read, "x"); show(s.fileno); print(s.readable(), s.writable(), s.seekable(), s.isatty(), s.closed, s.newlines, s.encoding if False else "", s.line_buffering); s.close(); show(s.getvalue); show(s.write, "x")
for nl in (None, "", "\n", "\r\n", "\r"): t = io.StringIO("a\nb\r\nc\rd", newline=nl); print(repr(nl), t.readlines(), repr(t.getvalue()))
show(io.StringIO, b"x"); show(io.StringIO, 5); show(lambda: io.StringIO("a", newline="x").read()); w = io.StringIO(); print(1, "two", file=w); w.writelines(["a", "b"]); print(repr(w.getvalue())); show(w.writelines, [1])
with io.StringIO("ctx") as c: print(c.read())
show(c.read); e = io.StringIO("a\n\nb"); print(next(e), e.readline(), e.readline(1), [*e], e.readline()); z = io.StringIO(); z.write("\U0001f600é"); print(len(z.getvalue()), z.tell())
