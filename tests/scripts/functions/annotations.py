# annotations: stored, not enforced; evaluated or not
def f(a: int, b: "undefined" = 1, *c: [1, 2], d: None, **e: {}) -> "str": pass
print(f.__annotations__); x: int = 5; y: undefined_is_fine if False else str
print(__annotations__)
class C:
    a: int
    b: str = "x"
    c: "C"
    def m(self) -> "C": loc: no_such_name = 1; return loc
print(C.__annotations__, C().m(), hasattr(C, "a"), C.b); (z): int = 3; C.attr: int = 4; l = [0]; l[0]: int = 9; print(z, C.attr, l, "z" in __annotations__)
try:
    bad: undefined_name
except NameError as e: print(e)
def g():
    v: int
    try: return v
    except UnboundLocalError as e: return str(e)
print(g()); h = lambda: 0; print(h.__annotations__); h.__annotations__["x"] = 1; print(h.__annotations__); import typing; print(typing.get_type_hints(C), typing.get_type_hints(lambda: 0))
