# operators, iteration, len, contains and call on classes through the metaclass
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class Meta(type):
    def __len__(cls): return 3
    def __iter__(cls): return iter("abc")
    def __contains__(cls, v): return v == "x"
    def __getitem__(cls, k): return ("item", k)
    def __add__(cls, o): return ("add", o)
    def __lt__(cls, o): return True
    def __eq__(cls, o): return o == "me"
    def __hash__(cls): return 42
    def __bool__(cls): return False
    def __repr__(cls): return "<Meta " + cls.__name__ + ">"
    def __str__(cls): return "str " + cls.__name__
    def __or__(cls, o): return "or"
    def __neg__(cls): return "neg"
    def __dir__(cls): return ["d"]
    def __instancecheck__(cls, v): return "yes"
    @property
    def prop(cls): return "prop of " + cls.__name__
    def meth(cls): return cls.__name__
class C(metaclass=Meta):
    def __len__(self): return 1
print(len(C), list(C), "x" in C, C[1], C + 1, C < C, C == "me", C != "me", hash(C), bool(C), repr(C), str(C), [C], C | int, -C, dir(C), isinstance(5, C), C.prop, C.meth(), f"{C}", len(C()))
show(lambda: C().prop); show(lambda: C().meth()); show(lambda: C - 1); show(lambda: C()[0]); show(lambda: setattr(C, "prop", 1)); show(lambda: {C: 1}[C])
class Plain: pass
for f in (lambda: len(Plain), lambda: list(Plain), lambda: 1 in Plain, lambda: Plain[0], lambda: Plain + 1, lambda: Plain < Plain, lambda: -Plain, lambda: Plain.nope):
    show(f)
class Call(type):
    def __call__(cls, *a): return ("made", a)
class K(metaclass=Call): pass
print(K(1), K.__call__(2), object.__new__(K).__class__ is K)
