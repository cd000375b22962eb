# attributes of function objects
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


def f(a, b=1, *c, d, e=2, **g): "doc"; x = 1; return x
c = f.__code__; print(c.co_argcount, c.co_posonlyargcount, c.co_kwonlyargcount, c.co_nlocals, c.co_varnames, c.co_names, c.co_consts, c.co_name, c.co_flags & 0xf, c.co_freevars, c.co_cellvars)
f.x = 1; f.y = [2]; print(f.x, f.__dict__, hasattr(f, "z")); del f.x; show(lambda: f.x); show(lambda: (lambda: 0).nope); show(setattr, len, "x", 1); g = f; g.y.append(3); print(f.y, f is g, f == g, hash(f) == hash(g)); import types
new = types.FunctionType(f.__code__, {"__builtins__": {}}, "renamed", (9,)); print(new.__name__, new.__defaults__, new.__kwdefaults__); show(types.FunctionType); show(types.FunctionType, 5, {}); show(types.FunctionType, f.__code__, 5); show(lambda: new(1, d=2))
def outer():
    v = 1
    def inner(): return v
    return inner
i = outer(); print(i.__closure__[0].cell_contents, i.__code__.co_freevars, outer.__code__.co_cellvars); i.__closure__[0].cell_contents = 7; print(i()); show(types.FunctionType, i.__code__, {}); show(types.FunctionType, i.__code__, {}, None, None, (5,)); print(types.FunctionType(i.__code__, {}, None, None, (types.CellType(3),))())
