# text files: modes, newlines, encodings, seeking
import os, tempfile
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


folder = tempfile.mkdtemp(); name = os.path.join(folder, "t.txt")
with open(name, "w") as f: print(f.write("line 1\nline 2\r\nlast"), f.tell(), f.name == name, f.mode, f.encoding, f.closed, f.writable(), f.readable(), f.seekable())
print(f.closed); show(f.read); show(f.write, "x"); show(lambda: f.__enter__()); f.close()
with open(name) as f: print(f.readline(), f.readlines(), f.read(), f.readline())
with open(name, newline="") as f: print(f.readlines())
with open(name, newline="\n") as f: print(f.readlines())
with open(name, "rb") as f: print(f.read())
with open(name, "a") as f: print(f.tell()); f.write("+more")
with open(name, "r+") as f: print(f.read(4)); f.seek(0); f.write("LINE"); f.seek(0, 2); print(f.tell()); show(f.seek, 1, 1); show(f.seek, -1); show(f.seek, -1, 2); f.seek(0); print(f.read()); print(f.truncate(3)); f.seek(0); print(f.read())
with open(name, "w+", encoding="latin-1", newline="\r\n") as f: f.write("é\n"); f.seek(0); print(repr(f.read()))
print(open(name, "rb").read()); show(lambda: open(name, encoding="utf-8").read()); show(lambda: open(name, encoding="ascii", errors="replace").read()); show(lambda: open(name, encoding="nope"))
with open(name, "x" if False else "w") as f: f.writelines(["a\n", "b\n"]); show(f.writelines, [1]); show(f.write, b"x"); show(f.write, 5); show(f.read); show(f.write)
for line in open(name): print(repr(line), end=" ")
print(); print([l.strip() for l in open(name)], sum(1 for _ in open(name)), "a\n" in open(name), list(enumerate(open(name), 1)))
os.chdir(folder); name = "t.txt"
for args in (("/nope/x",), (name, "q"), (name, "rw"), (name, "r", 0), (name, "rb", 0, "utf-8"), (name, "xr"), (name, ""), (name, "rt+b"), (5.5,), (None,), (name, "x"), (-5,), (name + "\0",), (name, "r", 1, None, None, "\t"), (name, "wU")): show(lambda: open(*args).close())
with open(name) as f: print(next(f)); show(f.tell); print(f.read(0) == "", f.read(1), f.read(-1), f.read()); 
import io; print(isinstance(f, io.TextIOWrapper), f.buffer.closed, os.path.getsize(name)); os.remove(name); show(lambda: open(name)); os.chdir("/"); os.rmdir(folder)
