# weak references to objects that are just being freed
import gc
import weakref


class C:
    pass


# a callback that collects while its object's owner is being freed
outer = C()
outer.inner = C()
log = []
wr = weakref.ref(outer.inner, lambda r: log.append(gc.collect() >= 0))
outer2 = C()
outer2.outer = outer
del outer
del outer2
print(log, wr())


# a long chain freed at once: those on their way are dead already
class Link:
    def __init__(self, parent):
        if parent:
            me = weakref.ref(self)
            self.parent = weakref.ref(parent, lambda r: log.append(me() is None))


d = weakref.WeakKeyDictionary()
root = c = Link(None)
for n in range(100):
    d[c] = c = Link(c)
del c
print(len(d))
del root
gc.collect()
print(len(d), log.count(True) + log.count(False))


# a reference that owns what it refers to
class MyRef(weakref.ref):
    pass


called = []
o = C()
r = MyRef(o, called.append)
r.o = o
del o
del r
gc.collect()
o = C()
r1 = MyRef(o, called.append)
r2 = MyRef(o, called.append)
r1.r = r2
r2.o = o
del o, r2
del r1
gc.collect()
print(called)
