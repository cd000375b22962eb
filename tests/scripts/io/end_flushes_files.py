# What a file still keeps at the end of the process is written, wherever the script has put the file.
import os
import sys

ENDS = [
    "print('x')",
    "import sys; print('x'); sys.stdout = None",
    "import sys; print('x'); del sys.stdout",
    "import sys; print('x'); sys.stdout = sys.stderr",
    "import sys; print('x'); keep = sys.stdout; sys.stdout = sys.__stdout__ = None",
    "import sys; print('x'); sys.stdout = type('W', (), {'write': print, 'flush': print})",
    "import sys; sys.__stdout__.buffer.write(b'x\\n'); sys.stdout = sys.stderr",
    "import os; f = os.fdopen(os.dup(1), 'w'); f.write('x\\n')",
    "import os; f = os.fdopen(os.dup(1), 'wb'); f.write(b'x\\n')",
    "import sys\nclass A:\n    def __del__(self): print('x')\na = A()",
    "import sys, weakref\nclass A: pass\na = A()\nsys.kept = weakref.ref(a, lambda r: sys.stdout.write('x\\n'))",
    "import sys\ndef g():\n    try: yield\n    finally: print('x')\nit = g(); next(it)",
    "import os, sys; print('lost'); os._exit(0)",
]
os.environ['PROGRAM'] = sys.executable
for code in ENDS:
    print(ascii(code), flush=True)
    os.environ['CODE'] = code
    os.system('"$PROGRAM" -c "$CODE" 2>/dev/null | cat')
