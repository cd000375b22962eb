# modules, packages and relative imports written by the script itself
import os, sys, tempfile
folder = tempfile.mkdtemp()
def write(name, text):
    path = os.path.join(folder, name); os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f: f.write(text)
write("plain.py", "print('plain runs', __name__)\nx = 1\n_private = 2\n__all__ = ['x', 'y']\ny = 3\n")
write("noall.py", "a = 1\n_b = 2\nimport os\n")
write("badall.py", "__all__ = ['missing']\n")
write("pkg/__init__.py", "print('pkg init', __name__, __package__, __path__ is not None)\nfrom . import sub\nfrom .sub import value as v\n")
write("pkg/sub.py", "print('sub', __name__, __package__)\nvalue = 7\nfrom .deep import leaf\n")
write("pkg/deep/__init__.py", "")
write("pkg/deep/leaf.py", "from .. import sub as s\nfrom ..deep import leaf as l2\nfrom ..sub import value\nprint('leaf', s.__name__, value)\n")
write("pkg/__main__.py", "print('main', __name__)\n")
write("ns/inner/mod.py", "z = 9\n")
write("circ_a.py", "import circ_b\nfrom_a = 1\n")
write("circ_b.py", "import circ_a\nprint(hasattr(circ_a, 'from_a'))\n")
write("circ_c.py", "from circ_d import d\nc = 1\n")
write("circ_d.py", "from circ_c import c\nd = 1\n")
write("broken.py", "x = (\n")
write("raises.py", "y = 1\nraise ValueError('at import')\n")
write("getattr_mod.py", "def __getattr__(name):\n    if name == 'dynamic': return 42\n    raise AttributeError(name)\ndef __dir__(): return ['dynamic']\n")
write("toofar.py", "from .. import x\n")
sys.path.insert(0, folder); sys.dont_write_bytecode = True
import plain; import plain; from plain import *; print(x, y, "_private" in globals(), plain.__file__ == os.path.join(folder, "plain.py"), plain.__name__, plain.__doc__)
from noall import *; print(a, "_b" in globals())
try: from badall import *
except AttributeError as e: print(e)
import pkg.deep.leaf; print(pkg.v, pkg.sub.value, pkg.__name__, pkg.deep.leaf.__package__, sorted(m for m in sys.modules if m.startswith("pkg")))
import ns.inner.mod as m; print(m.z, m.__name__, ns.__file__ if hasattr(ns, "__file__") and False else "namespace") if "ns" in globals() else print(m.z, m.__name__)
import circ_a
for name in ("circ_c", "broken", "raises", "toofar", "pkg.nope", "plain.sub", "nothing_here"):
    try: __import__(name); print(name, "ok")
    except Exception as e: print(name, type(e).__name__, str(e).split(" (")[0].replace(folder, ""))
print("raises" in sys.modules, "broken" in sys.modules); import getattr_mod; print(getattr_mod.dynamic, dir(getattr_mod)); 
try: getattr_mod.other
except AttributeError as e: print(e)
try: from getattr_mod import more
except ImportError as e: print(str(e).split(" (")[0])
from getattr_mod import dynamic as dyn; print(dyn)
import importlib; write("plain.py", "print('again', __name__)\nx = 100\n"); os.utime(os.path.join(folder, "plain.py"), (1, 1)); print(importlib.reload(plain).x, plain.y, importlib.import_module(".sub", "pkg").value)
import shutil; shutil.rmtree(folder)
