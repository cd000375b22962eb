# Special methods set to None block the operation and its fall-backs; class methods of bound methods; exec's closure.
class A:
    @classmethod
    @property
    def p(cls): return cls.__name__
    def foo(self): return 1
class B:
    bar = classmethod(A().foo)
    def __eq__(self, o): return NotImplemented
try: print(A.p, A().p)
except Exception as e: print(repr(e))
try: print(B.bar(), B().bar())
except Exception as e: print(repr(e))
class X:
    def __eq__(self, o): return NotImplemented
    def __add__(self, o): return NotImplemented
    def __lt__(self, o): return NotImplemented
class Y(X):
    __eq__ = None
    __radd__ = None
    __ne__ = None
    __gt__ = None
    __contains__ = None
    __iter__ = None
    __len__ = None
    __bool__ = None
    __hash__ = None
    __call__ = None
    __getitem__ = None
    __iadd__ = None
    __neg__ = None
    __index__ = None
import operator
for f in ('eq(X(), Y())', 'eq(Y(), X())', 'ne(X(), Y())', 'ne(Y(), 1)', 'add(X(), Y())', 'add(1, Y())', 'lt(X(), Y())', 'lt(Y(),1)', 'gt(Y(), 1)', 'contains(Y(), 1)', 'neg(Y())', 'index(Y())', 'iadd(Y(), 1)', 'getitem(Y(), 1)', 'not_(Y())'):
    try: print(f, eval('operator.' + f))
    except Exception as e: print(f, repr(e))
for f in ('iter(Y())', 'len(Y())', 'Y()()', 'hash(Y())', 'bool(Y())', 'list(Y())', '[*Y()]', '1 in Y()', 'reversed(type("D",(),{"__reversed__": None})())'):
    try: print(f, eval(f))
    except Exception as e: print(f, repr(e))
class D:
    def __dir__(self): return 5
try: dir(D())
except Exception as e: print(repr(e))
def cl():
    a = 1
    def inner(): return a
    return inner
try: exec(cl().__code__, {}, {}, closure=(1,))
except Exception as e: print(repr(e))
try: exec("print(x)", type('M', (), {'__getitem__': lambda s, k: 1})())
except Exception as e: print(repr(e))
class S2(str): pass
for s in (['a','a'], ['__dict__','__dict__'], 'x y', [1]):
    try: print(type('Q', (), {'__slots__': s}))
    except Exception as e: print(repr(e))

def annotated(x: int) -> str:
    "doc"


print(vars(classmethod(annotated)), vars(staticmethod(annotated)))
try:
    exec('print(1)', {}, {}, closure=cl().__closure__)
except TypeError as e:
    print(e)
exec(cl().__code__, {}, {}, closure=cl().__closure__)


class NoTruth:
    __bool__ = None


class NoTruthButLength:
    __bool__ = None

    def __len__(self):
        return 10


for thing in NoTruth(), NoTruthButLength():
    try:
        print(bool(thing))
    except TypeError as e:
        print(e)
    try:
        print('yes' if thing else 'no')
    except TypeError as e:
        print(e)
