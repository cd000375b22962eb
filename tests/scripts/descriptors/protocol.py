# data and non-data descriptors on instances and classes
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


class Data:
    def __get__(self, obj, cls): return ("data get", obj is None, cls.__name__)
    def __set__(self, obj, v): print("data set", v)
    def __delete__(self, obj): print("data delete")
class NonData:
    def __get__(self, obj, cls=None): return ("nondata", obj is None)
class SetOnly:
    def __set__(self, obj, v): print("setonly", v); obj.__dict__["so"] = v
class DelOnly:
    def __delete__(self, obj): print("delonly")
class C:
    d, n, so, do = Data(), NonData(), SetOnly(), DelOnly()
c = C(); print(c.d, C.d, c.n, C.n, type(c.so).__name__); c.d = 1; del c.d; c.__dict__["d"] = "shadow"; print(c.d); c.n = 5; print(c.n, C.n); del c.n; print(c.n); c.so = 9; print(c.so); show(delattr, c, "so"); show(setattr, c, "do", 1); del c.do
C.d = 10; print(C.d, c.d)
class Raises:
    def __get__(self, o, c): raise AttributeError("from descriptor")
    def __set__(self, o, v): raise TypeError("no set")
class E:
    r = Raises()
    def __getattr__(self, n): return "getattr " + n
print(E().r); show(setattr, E(), "r", 1); show(lambda: E.r)
class Meta(type):
    md = Data()
    mn = NonData()
class M(metaclass=Meta):
    md = "class md"
    mn = "class mn"
print(M.md, M.mn, M().md)
class Named:
    def __set_name__(self, owner, name): print("name", owner.__name__, name); self.n = name
    def __get__(self, o, c): return self.n
class N: a = Named(); b = Named()
print(N.a, N().b); N.c = Named(); show(lambda: N.c)
class BadName:
    def __set_name__(self, owner, name): raise ValueError("bad name")
def bad():
    class X: q = BadName()
show(bad)
class NotCallable: __get__ = 5
class Y: v = NotCallable()
show(lambda: Y().v); y = Y(); y.__dict__["__get__"] = 1; inst = NonData(); y.w = inst; print(y.w is inst)
