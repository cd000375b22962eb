# import statements in every form, and what they bind
import os, sys as system, os.path as p, collections.abc
from math import pi, sqrt as root
from os import (path, sep,
                getcwd as cwd,)
from collections import *
print(os.__name__, system is __import__("sys"), p is os.path, collections.abc.Mapping.__name__, pi, root(4), path is p, sep, callable(cwd), OrderedDict.__name__)
def f():
    import json
    from json import dumps as d
    return json.__name__, d([1]), sorted(locals())
print(f())
class C:
    import math as m
    from math import floor
print(C.m.pi, C.floor(2.5)); print(__import__("os.path").__name__, __import__("os.path", fromlist=["join"]).__name__, __import__("collections.abc", None, None, ["abc"], 0).__name__)
for code in ("import nope_a", "import os.nope", "from os import nope_b", "import nope_a.b", "from nope_a import b", "from . import x", "from .x import y", "import math.x", "from math import *, pi", "import", "from os", "from os import", "import os as", "from os import path as", "import os.path as a.b", "from os import (a, b", "from os import ()", "import *", "from x import y.z", "from .. import x", "from ... import x"):
    try: exec(code, {"__name__": "__main__", "__package__": None}); print(code, "ok")
    except Exception as e: print(code, "|", type(e).__name__, str(e).split(" (")[0])
import math; first = math; import math; print(first is math, "math" in system.modules, system.modules["math"] is math); del system.modules["math"]; import math as again; print(again.pi == math.pi); system.modules["fake"] = 5; import fake; print(fake); system.modules["blocked"] = None
try: import blocked
except ImportError as e: print(type(e).__name__, e)
