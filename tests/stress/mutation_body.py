"""mutation_body.py KIND THREADS SEED: threads do random operations to one object; errors that a single thread could get too are expected."""
import collections
import copy
import gc
import io
import random
import sys
import threading
import types
import weakref

EXPECTED = (IndexError, KeyError, ValueError, RuntimeError, StopIteration, AttributeError, BufferError, TypeError, NameError)
ROUNDS = 1500


class Item:
    """Something that dies noticeably."""
    made = dead = 0

    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return isinstance(other, Item) and other.n == self.n

    def __hash__(self):
        return self.n % 7


def item(r):
    n = r.randrange(30)
    return r.choice([n, float(n) * 1e300, str(n), (n, str(n)), Item(n), [n], 1 << (n + 60)])


def key(r):
    n = r.randrange(40)
    return r.choice([n, str(n), (n,), Item(n), float(n) + 0.5])


def list_operations(r):
    shared = [1, 2, 3]
    ops = [lambda: shared.append(item(r)), lambda: shared.pop(), lambda: shared.pop(0), lambda: shared.insert(r.randrange(5), item(r)),
           lambda: shared.extend([item(r), item(r)]), lambda: shared.extend(shared[:3]), lambda: shared.reverse(), lambda: shared.sort(key=str),
           lambda: shared.copy(), lambda: shared[:], lambda: shared[1:4], lambda: shared[::2], lambda: shared.__setitem__(0, item(r)), lambda: shared[0],
           lambda: shared[-1], lambda: shared.index(item(r)), lambda: shared.count(item(r)), lambda: shared.remove(item(r)), lambda: item(r) in shared,
           lambda: len(shared), lambda: [x for x in shared], lambda: list(shared), lambda: tuple(shared), lambda: shared.__delitem__(0),
           lambda: shared.__setitem__(slice(0, 2), [item(r)] * 3), lambda: shared.__delitem__(slice(0, 20)), lambda: shared + shared[:2], lambda: shared * 2,
           lambda: shared.__iadd__([item(r)]), lambda: repr(shared), lambda: shared == [1, 2], lambda: shared < [3], lambda: shared.clear(),
           lambda: sum(x for x in shared if type(x) is int), lambda: sorted(shared, key=str), lambda: ",".join(map(str, shared)), lambda: max(shared, key=str, default=0),
           lambda: list(reversed(shared)), lambda: list(zip(shared, shared)), lambda: list(enumerate(shared)), lambda: print(*shared[:0], end=""), lambda: unpack(shared),
           lambda: bytes(x for x in shared if type(x) is int), lambda: set(map(str, shared)), lambda: dict.fromkeys(map(str, shared))]

    def check():
        del shared[200:]
        assert 0 <= len(shared) and len(list(shared)) == len(shared)
        for x in shared:
            assert x is not None
    return ops, check


def unpack(x):
    a, b, *c = x
    return a


def dict_operations(r):
    shared = {}
    ops = [lambda: shared.__setitem__(key(r), item(r)), lambda: shared[key(r)], lambda: shared.get(key(r)), lambda: shared.pop(key(r), None), lambda: shared.popitem(),
           lambda: shared.setdefault(key(r), item(r)), lambda: shared.update({key(r): item(r), key(r): 1}), lambda: shared.update(a=1, b=2), lambda: shared.__delitem__(key(r)),
           lambda: key(r) in shared, lambda: len(shared), lambda: list(shared), lambda: list(shared.items()), lambda: list(shared.values()), lambda: [k for k in shared],
           lambda: [k for k, v in shared.items()], lambda: shared.copy(), lambda: dict(shared), lambda: {**shared}, lambda: shared | {1: 2}, lambda: shared.__ior__({key(r): 3}),
           lambda: shared == {1: 2}, lambda: repr(shared), lambda: shared.clear(), lambda: list(reversed(shared)), lambda: shared.keys() & {1, 2}, lambda: sorted(shared, key=str),
           lambda: str(shared.keys()), lambda: (lambda **k: k)(**{k: v for k, v in list(shared.items()) if type(k) is str}), lambda: iter(shared).__next__()]

    def check():
        assert len(list(shared)) == len(shared) == len(list(shared.items()))
        for k in list(shared):
            assert k in shared
        if len(shared) > 300:
            shared.clear()
    return ops, check


def set_operations(r):
    shared = set()
    other = {1, 2, "3", (4,)}
    ops = [lambda: shared.add(key(r)), lambda: shared.discard(key(r)), lambda: shared.remove(key(r)), lambda: shared.pop(), lambda: shared.update([key(r), key(r)]),
           lambda: shared.clear(), lambda: key(r) in shared, lambda: len(shared), lambda: list(shared), lambda: [x for x in shared], lambda: shared.copy(), lambda: shared | other,
           lambda: shared & other, lambda: shared - other, lambda: shared ^ other, lambda: shared.intersection_update(other), lambda: shared.difference_update(other),
           lambda: shared.symmetric_difference_update(other), lambda: shared.issubset(other), lambda: shared <= other, lambda: shared == other, lambda: repr(shared),
           lambda: frozenset(shared), lambda: shared.update(shared), lambda: shared.isdisjoint(other), lambda: other | shared, lambda: other.union(shared), lambda: sorted(shared, key=str)]

    def check():
        assert len(list(shared)) == len(shared)
        for x in list(shared):
            assert x in shared
    return ops, check


def bytearray_operations(r):
    shared = bytearray(b"abc")
    ops = [lambda: shared.append(r.randrange(256)), lambda: shared.extend(b"xyz"), lambda: shared.pop(), lambda: shared.insert(1, 7), lambda: shared.clear(), lambda: shared[0],
           lambda: shared.__setitem__(0, 9), lambda: shared[1:5], lambda: shared.__setitem__(slice(0, 2), b"12345"), lambda: shared.__delitem__(0), lambda: shared.find(b"y"),
           lambda: shared.replace(b"x", b"yy"), lambda: shared.split(b"y"), lambda: bytes(shared), lambda: shared.decode("latin-1"), lambda: len(shared), lambda: list(shared),
           lambda: [x for x in shared], lambda: shared + b"q", lambda: shared.__iadd__(b"qq"), lambda: shared.__imul__(2) if len(shared) < 100 else shared.clear(), lambda: shared.reverse(),
           lambda: repr(shared), lambda: shared == b"abc", lambda: 7 in shared, lambda: b"xy" in shared, lambda: view(shared), lambda: b"".join([shared, shared]), lambda: shared.upper(),
           lambda: hash(bytes(shared)), lambda: shared.hex(), lambda: int.from_bytes(shared[:8], "big"), lambda: io.BytesIO(shared).read(), lambda: sum(shared), lambda: bytearray(shared)]

    def check():
        assert len(bytes(shared)) == len(shared)
        if len(shared) > 5000:
            shared.clear()
    return ops, check


def view(x):
    with memoryview(x) as m:
        return m.tobytes()[:3], m.nbytes


def deque_operations(r):
    shared = collections.deque([1, 2], maxlen=r.choice([None, 50]))
    ops = [lambda: shared.append(item(r)), lambda: shared.appendleft(item(r)), lambda: shared.pop(), lambda: shared.popleft(), lambda: shared.extend([1, item(r)]),
           lambda: shared.extendleft([1, item(r)]), lambda: shared.rotate(r.randrange(-3, 4)), lambda: shared.clear(), lambda: shared[0], lambda: shared[-1],
           lambda: shared.__setitem__(0, item(r)), lambda: shared.__delitem__(0), lambda: shared.insert(1, item(r)), lambda: shared.remove(item(r)), lambda: shared.index(item(r)),
           lambda: shared.count(item(r)), lambda: item(r) in shared, lambda: len(shared), lambda: list(shared), lambda: [x for x in shared], lambda: shared.copy(), lambda: repr(shared),
           lambda: shared.reverse(), lambda: shared == collections.deque([1]), lambda: list(reversed(shared)), lambda: shared + collections.deque([1]), lambda: shared.__iadd__([3])]

    def check():
        assert len(list(shared)) == len(shared)
        if len(shared) > 300:
            shared.clear()
    return ops, check


class Box:
    def __init__(self):
        self.a = 1

    def method(self):
        return self.a

    @property
    def prop(self):
        return self.__dict__


class Slotted:
    __slots__ = ("a", "b", "__weakref__")


def instance_operations(r):
    shared, slotted = Box(), Slotted()
    name = lambda: r.choice("abcdefghijklmnopqrstuvwxyz")
    ops = [lambda: setattr(shared, name(), item(r)), lambda: getattr(shared, name()), lambda: delattr(shared, name()), lambda: vars(shared), lambda: shared.__dict__.update(a=1, zz=2),
           lambda: shared.__dict__.clear(), lambda: setattr(shared, "__dict__", {"a": 5}), lambda: shared.method(), lambda: shared.prop, lambda: setattr(shared, "a", item(r)), lambda: shared.a,
           lambda: hasattr(shared, name()), lambda: dir(shared), lambda: setattr(slotted, "a", item(r)), lambda: slotted.a, lambda: delattr(slotted, "a"), lambda: repr(shared),
           lambda: setattr(shared, "__class__", r.choice([Box, Other])), lambda: isinstance(shared, Box), lambda: weakref.ref(shared)(), lambda: weakref.ref(slotted)() is slotted,
           lambda: grow(Box()), lambda: shared.__getstate__()]

    def check():
        assert isinstance(shared, (Box, Other))
    return ops, check


def grow(box):
    for c in "abcdefghijklmnop":
        setattr(box, c, c)
    return [getattr(box, c) for c in "abcdefghijklmnop"]


class Other(Box):
    pass


def class_operations(r):
    class Shared:
        x = 1

        def f(self):
            return 1

    class Sub(Shared):
        pass
    one = Sub()
    name = lambda: r.choice("abcdeg")
    ops = [lambda: setattr(Shared, name(), item(r)), lambda: getattr(Sub, name()), lambda: delattr(Shared, name()), lambda: setattr(Shared, "f", lambda self: 2), lambda: one.f(),
           lambda: setattr(Shared, "x", r.randrange(9)), lambda: one.x, lambda: Sub.x, lambda: setattr(Shared, "__len__", lambda self: 3), lambda: len(one), lambda: delattr(Shared, "__len__"),
           lambda: type("T", (Shared,), {"y": 1})().f(), lambda: Shared.__subclasses__(), lambda: vars(Shared).keys(), lambda: dict(vars(Shared)), lambda: setattr(Sub, "__bases__", (Shared,)),
           lambda: Sub(), lambda: isinstance(one, Shared), lambda: issubclass(Sub, Shared), lambda: one.f, lambda: setattr(Shared, "__getattr__", lambda self, n: 7), lambda: one.nothing,
           lambda: delattr(Shared, "__getattr__"), lambda: setattr(Shared, "p", property(lambda self: 1)), lambda: one.p]

    def check():
        assert one.f() in (1, 2)
    return ops, check


def function_operations(r):
    def shared(a, b=1, *, c=2):
        return a, b, c

    def many(a, b=3, *, c=4, **rest):
        x = y = z = a
        return x, y, (a, b, c, z)

    def few():
        return 0, 0, 0

    codes, defaults = [shared.__code__, many.__code__, few.__code__], [None, (), (1,), (1, 2), (1, 2, 3)]
    ops = [lambda: shared(1), lambda: shared(1), lambda: shared(1, 2), lambda: shared(1, b=2, c=3), lambda: shared(), lambda: shared(*range(3)), lambda: [shared(i) for i in range(5)],
           lambda: setattr(shared, "__code__", r.choice(codes)), lambda: setattr(shared, "__defaults__", r.choice(defaults)), lambda: setattr(shared, "__kwdefaults__", r.choice([None, {"c": item(r)}])),
           lambda: setattr(shared, "__name__", "n%d" % r.randrange(9)), lambda: setattr(shared, "__doc__", item(r)), lambda: setattr(shared, "__annotations__", {"a": item(r)}), lambda: shared.__annotations__,
           lambda: setattr(shared, "note", item(r)), lambda: shared.note, lambda: delattr(shared, "note"), lambda: repr(shared), lambda: shared.__code__.co_varnames, lambda: shared.__defaults__]

    def check():
        try:
            assert len(shared(1)) == 3
        except TypeError:
            pass
    return ops, check


def exception_operations(r):
    shared = OSError(1, "text")

    def throw():
        try:
            raise shared
        except OSError:
            sys.exc_info()

    def chain():
        try:
            try:
                raise KeyError(1)
            except KeyError as e:
                raise shared from (e if r.randrange(2) else None)
        except OSError as e:
            return e.__cause__, e.__context__

    def frames():
        tb, n = shared.__traceback__, 0
        while tb is not None and n < 100:
            tb, n = tb.tb_next, n + 1
    ops = [throw, throw, chain, frames, lambda: setattr(shared, "__traceback__", None), lambda: shared.with_traceback(None), lambda: setattr(shared, "args", (item(r), item(r))), lambda: shared.args,
           lambda: str(shared), lambda: repr(shared), lambda: shared.add_note("n"), lambda: delattr(shared, "__notes__"), lambda: shared.__notes__, lambda: setattr(shared, "__cause__", KeyError(2)),
           lambda: setattr(shared, "__context__", None), lambda: setattr(shared, "filename", item(r)), lambda: shared.filename, lambda: shared.errno, lambda: setattr(shared, "note", 1), lambda: vars(shared).copy(),
           lambda: shared.__reduce__(), lambda: shared.__init__(2, "more"), lambda: copy.copy(shared)]
    return ops, lambda: None


def module_operations(r):
    shared = types.ModuleType("shared")
    name = lambda: r.choice(["a", "b", "c", "total", "f"])
    ops = [lambda: setattr(shared, name(), item(r)), lambda: getattr(shared, name()), lambda: delattr(shared, name()), lambda: vars(shared).copy(), lambda: exec("total = 1\nx = [total] * 3", shared.__dict__),
           lambda: exec("def f(): return a\nb = f", shared.__dict__), lambda: shared.total, lambda: exec("global c\nc = total", shared.__dict__), lambda: dir(shared), lambda: globals().__setitem__("g" + name(), 1),
           lambda: globals().pop("g" + name(), 0), lambda: use_globals(), lambda: __import__("string").ascii_letters, lambda: sys.modules.pop("bisect", 0) and 0, lambda: __import__("bisect")]
    return ops, lambda: None


def use_globals():
    global counter
    counter = counter + 1
    return len(EXPECTED), ROUNDS, counter


counter = 0


def file_operations(r):
    text, data, lines = io.StringIO("one\ntwo\n"), io.BytesIO(b"abc"), open("/dev/null", "w")
    ops = [lambda: text.write("x\n"), lambda: text.read(3), lambda: text.seek(0), lambda: text.getvalue(), lambda: text.readline(), lambda: text.truncate(0), lambda: list(text),
           lambda: data.write(b"yy"), lambda: data.read(2), lambda: data.seek(r.randrange(4)), lambda: data.getvalue(), lambda: data.truncate(1), lambda: data.getbuffer()[:1], lambda: lines.write("line\n"),
           lambda: lines.flush(), lambda: print("a", "b", file=lines), lambda: lines.tell()]

    def check():
        text.seek(0)
        if len(text.getvalue()) > 10000:
            text.truncate(0)
    return ops, check


def generator_operations(r):
    def numbers():
        for i in range(10000):
            try:
                yield i
            except KeyError:
                yield -1

    def outer():
        yield from numbers()
    shared = [numbers(), outer()]
    ops = [lambda: next(r.choice(shared)), lambda: r.choice(shared).send(1), lambda: r.choice(shared).throw(KeyError), lambda: r.choice(shared).close(), lambda: shared.__setitem__(0, numbers()),
           lambda: shared.__setitem__(1, outer()), lambda: r.choice(shared).gi_running, lambda: [x for x, _ in zip(r.choice(shared), range(5))], lambda: r.choice(shared).gi_frame]
    return ops, lambda: None


def iterator_operations(r):
    import itertools
    source, table = list(range(200)), dict.fromkeys(range(50))
    family, groups = itertools.tee(itertools.count()), itertools.groupby(itertools.count(), lambda x: x // 5)
    make = [lambda: iter(source), lambda: iter(range(100)), lambda: iter("text" * 20), lambda: iter(table), lambda: iter(table.items()), lambda: enumerate(source), lambda: zip(source, source), lambda: map(str, source),
            lambda: filter(None, source), lambda: reversed(source), lambda: itertools.count(), lambda: itertools.chain(source, source), lambda: itertools.cycle([1, 2, 3]), lambda: itertools.islice(source, 50),
            lambda: itertools.tee(source)[0], lambda: itertools.product([1, 2], [3, 4]), lambda: itertools.permutations([1, 2, 3]), lambda: itertools.groupby(source, lambda x: x // 3), lambda: itertools.accumulate(source),
            lambda: itertools.zip_longest(source, [1]), lambda: iter(b"bytes" * 9), lambda: iter({1, 2, 3}), lambda: iter(collections.deque(source)), lambda: copy.copy(family[0]),
            lambda: family[1], lambda: next(groups)[1], lambda: groups]
    shared = [m() for m in make]

    def renew():
        i = r.randrange(len(make))
        shared[i] = make[i]()
    ops = [lambda: next(r.choice(shared)), lambda: next(r.choice(shared)), lambda: [x for x, _ in zip(r.choice(shared), range(9))], renew, lambda: table.pop(r.randrange(50), 0), lambda: table.__setitem__(r.randrange(50), 1),
           lambda: source.append(1) if len(source) < 300 else source.clear()]
    return ops, lambda: None


class Dying:
    def __init__(self, log):
        self.log = log

    def __del__(self):
        self.log.append(1)


class Reviving:
    kept = None

    def __del__(self):
        Reviving.kept = self


def count_operations(r):
    import queue
    hand_over, log, places = queue.SimpleQueue() if hasattr(queue, "SimpleQueue") else queue.Queue(), [], [None] * 8
    made = [0]

    def give():
        hand_over.put(item(r))

    def take():
        try:
            return hand_over.get_nowait()
        except queue.Empty:
            return None

    def make():
        places[r.randrange(8)] = Dying(log)

    def cycle():
        a, b = [], []
        a.append(b), b.append(a)
        places[r.randrange(8)] = a
    ops = [give, take, make, cycle, lambda: places.__setitem__(r.randrange(8), item(r)), lambda: places.__setitem__(r.randrange(8), Reviving()), lambda: weakref.ref(places[0] if isinstance(places[0], Dying) else Box())(),
           lambda: gc.collect() if r.randrange(50) == 0 else 0, lambda: threading.Thread(target=lambda: places.__setitem__(0, item(r))).start() if r.randrange(20) == 0 else 0, lambda: tuple(places), lambda: list(map(type, places)), lambda: places.sort(key=id)]
    return ops, lambda: None


def cache_operations(r):
    import functools
    import re
    import struct

    @functools.lru_cache(maxsize=8)
    def few(k):
        return [k]

    @functools.lru_cache(maxsize=None)
    def all_of_them(k, *more):
        return len(more), k

    @functools.lru_cache(maxsize=3)
    def depth(n):
        return 0 if n < 1 else 1 + depth(n - 1)

    shared = random.Random(1)
    ops = [lambda: few(key(r)), lambda: few(r.randrange(20)), lambda: all_of_them(r.randrange(50), 1), lambda: all_of_them(k=r.randrange(9)), lambda: depth(r.randrange(6)), few.cache_info, few.cache_clear,
           lambda: all_of_them.cache_clear() if r.randrange(9) == 0 else 0, lambda: re.sub(f"[a-{r.choice('defghij')}]+", "x", "abcdefghij"), re.purge, lambda: struct.calcsize(f"<{r.randrange(1, 120)}i"), shared.random, lambda: shared.shuffle([1, 2, 3]), lambda: shared.seed(r.randrange(3)), lambda: sys.intern(f"name{r.randrange(99)}")]

    def check():
        info = few.cache_info()
        assert info.currsize <= 8 and depth.cache_info().currsize <= 3, (info, depth.cache_info())
        assert [few(k)[0] for k in range(30)] == list(range(30))
    return ops, check


def work(make_choice, ops, check, failures, start):
    r = make_choice
    start.wait()
    try:
        for i in range(ROUNDS):
            try:
                r.choice(ops)()
            except EXPECTED:
                pass
    except BaseException as e:
        failures.append(e)


def main():
    kind, threads, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    makers = {"list": list_operations, "dict": dict_operations, "set": set_operations, "bytearray": bytearray_operations, "deque": deque_operations, "instance": instance_operations, "class": class_operations, "function": function_operations, "exception": exception_operations,
              "module": module_operations, "file": file_operations, "generator": generator_operations, "iterators": iterator_operations, "counts": count_operations, "caches": cache_operations}
    ops, check = makers[kind](random.Random(seed))
    failures, start = [], threading.Barrier(threads)
    running = [threading.Thread(target=work, args=(random.Random(seed * 100 + i), ops, check, failures, start)) for i in range(threads)]
    for t in running:
        t.start()
    for t in running:
        t.join()
    check()
    for e in failures:
        raise e
    print("sound")


main()
