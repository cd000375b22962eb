# mapping patterns: keys, rest, nesting, missing
from collections import OrderedDict, defaultdict, ChainMap
from types import MappingProxyType
def m(v):
    match v:
        case {"type": "a", "v": x}: return ("a", x)
        case {"type": "b", **rest}: return ("b", rest)
        case {"n": {"m": [x, *_]}}: return ("nested", x)
        case {1: _, None: y}: return ("odd keys", y)
        case {}: return "any mapping"
        case _: return "no"
for v in ({"type": "a", "v": 1}, {"type": "a"}, {"type": "b", "q": 2, "r": 3}, {"n": {"m": (7, 8)}}, {1: 2, None: 3}, {}, {"x": 1}, [], "s", OrderedDict(type="b"), ChainMap({"type": "a", "v": 5}), MappingProxyType({"type": "b"}), None): print(m(v))
d = defaultdict(lambda: "made")
match d:
    case {"k": v}: print("no", v)
    case _: print("default is not made", dict(d))
class Keys: KEY = "dyn"
match {"dyn": 5}:
    case {Keys.KEY: v}: print(v)
match {"a": 1, "b": 2}:
    case {"a": 1, **others} if others: print(others)
match {True: "t", 2.5: "f"}:
    case {1: a, 2.5: b}: print(a, b)
for code in ("match x:\n case {'a': 1, 'a': 2}: pass", "match x:\n case {**a, **b}: pass", "match x:\n case {a: 1}: pass", "match x:\n case {'a': x, 'b': x}: pass", "match x:\n case {**_}: pass", "match x:\n case {f(): 1}: pass", "match x:\n case {-1: y, 'k': None}: pass"):
    try: compile(code, "f", "exec"); print("ok")
    except SyntaxError as e: print(e.msg)
