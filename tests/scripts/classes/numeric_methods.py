# binary operators: left, reflected, in-place; subclass priority; unsupported operands
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


ops = {"+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "@": "matmul", "<<": "lshift", ">>": "rshift", "&": "and", "|": "or", "^": "xor"}
class L: pass
class R: pass
class I: pass
for sym, name in ops.items():
    setattr(L, f"__{name}__", lambda self, o, n=name: ("L." + n, getattr(o, "__name__", type(o).__name__)))
    setattr(R, f"__r{name}__", lambda self, o, n=name: ("R.r" + n, type(o).__name__))
    setattr(I, f"__i{name}__", lambda self, o, n=name: ("I.i" + n, type(o).__name__))
for sym in ops:
    print(sym, eval(f"L() {sym} 1"), eval(f"1 {sym} R()"), eval(f"L() {sym} R()"))
    ns = {"x": I()}; exec(f"x {sym}= 5", ns); print(ns["x"])
    show(lambda: eval(f"1 {sym} L()")); show(lambda: eval(f"R() {sym} 1")); show(lambda: exec(f"x = object()\nx {sym}= 1")); show(lambda: eval(f"object() {sym} None"))
show(lambda: divmod(L(), 1)); show(lambda: divmod(1, R())); show(lambda: pow(L(), 2)); show(lambda: pow(L(), 2, 3)); show(lambda: -L()); show(lambda: +R()); show(lambda: ~I()); show(lambda: abs(L()))
class Base:
    def __add__(self, o): return "Base.add"
    def __radd__(self, o): return "Base.radd"
class Derived(Base):
    def __radd__(self, o): return "Derived.radd"
class Plain(Base): pass
print(Base() + Derived(), Base() + Plain(), Derived() + Base(), 1 + Derived())
class N:
    def __add__(self, o): return NotImplemented
    __radd__ = __iadd__ = __add__
show(lambda: N() + N()); show(lambda: N() + 1); show(lambda: 1 + N()); show(lambda: [] + N())
class S:
    def __iadd__(self, o): return NotImplemented
    def __add__(self, o): return "fell back"
s = S(); s += 1; print(s); print("%s" % 1, "a" "b" * 2, [1] * 2, (1,) + (2,)); show(lambda: [1] + (1,)); show(lambda: "a" + 1); show(lambda: {} + {}); show(lambda: "a" % 1); show(lambda: None + 1); show(lambda: len + 1); show(lambda: int + 1); show(lambda: int | 5); print(int | None, int | str | int)
