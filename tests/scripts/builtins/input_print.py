# stdin: first\nsecond line\n\nlast without newline
# input reads lines, print writes with sep, end, file
import io, sys
print(repr(input())); print(repr(input("prompt> "))); print(repr(input())); print(repr(input()))
try: input()
except EOFError as e: print("EOFError", e)
print(); print(1, 2, 3, sep="-"); print("a", "b", sep=""); print("x", end="!\n"); print(*[1, 2], sep="\n"); print(None, True, 1.5, [1], {"a": 1}, sep=" | "); print("a", sep=None, end=None)
out = io.StringIO(); print("to", "file", file=out, end=""); print(repr(out.getvalue())); print("flushed", flush=True); print("to stdout", file=None)
class W:
    def write(self, s): sys.stdout.write("<%s>" % s.replace("\n", "\\n"))
print("a", 1, file=W()); print()
for kw in ({"sep": 5}, {"end": 5}, {"file": 5}, {"what": 1}):
    try: print("x", **kw)
    except Exception as e: print(type(e).__name__, e)
class S:
    def __str__(self): return "S!"
    def __repr__(self): return "repr"
print(S(), [S()]); out = io.StringIO()
print("kept", file=out); sys.stdout, old = out, sys.stdout; print("caught"); sys.stdout = old; print(repr(out.getvalue()))
