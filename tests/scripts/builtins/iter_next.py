# iter in both forms, next with default, iterators of __getitem__
def show(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e, sep=": ")


it = iter([1, 2]); show(next, it); show(next, it); show(next, it); show(next, it, "default"); show(next, 5); show(next, [1]); show(iter, 5); show(next); show(next, it, 1, 2)
class Seq:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * 10
print(list(Seq()), 20 in Seq(), 25 in Seq(), list(reversed([1])), max(Seq()))
show(reversed, Seq()); counter = iter(lambda c=[0]: c.append(0) or len(c), 5); print(list(counter)); show(iter, 5, 6); show(iter, len, 1, 2)
class NotIter:
    def __iter__(self): return 5
show(iter, NotIter()); show(list, NotIter()); show(lambda: [*NotIter()])
class NoNext:
    def __iter__(self): return self
show(iter, NoNext())
class Gone:
    __iter__ = None
show(iter, Gone()); show(lambda: 1 in Gone())
class Stop:
    def __iter__(self): return self
    def __next__(self): raise StopIteration("value")
show(next, Stop()); show(next, Stop(), "d"); print(list(Stop()))
class Raises:
    def __getitem__(self, i): raise KeyError(i)
show(list, Raises()); e = iter("ab"); print(next(e), e.__length_hint__(), next(e), e.__length_hint__())
