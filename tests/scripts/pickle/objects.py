# Pickles of instances, classes and functions: by name, by __reduce__ and its relatives, with state, slots and items.
import array
import collections
import copy
import copyreg
import dataclasses
import datetime
import enum
import fractions
import functools
import io
import itertools
import operator
import pickle
import random
import re
import types


class Plain:
    def __init__(self, x):
        self.x, self.me = x, self

    def method(self):
        return self.x


class Slots:
    __slots__ = 'a', 'b'


class SlotsAndDict(Slots):
    pass


class WithState:
    def __init__(self):
        self.open_file, self.n = 'not this', 5

    def __getstate__(self):
        return {'n': self.n}

    def __setstate__(self, state):
        self.__dict__.update(state, open_file='reopened')


class NewArgs(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))

    def __getnewargs__(self):
        return tuple(self)


class NewKeywords:
    def __new__(cls, *, k):
        o = object.__new__(cls)
        o.k = k
        return o

    def __getnewargs_ex__(self):
        return (), {'k': self.k}


class Reduced:
    def __init__(self, *args):
        self.args = args

    def __reduce__(self):
        return Reduced, self.args, {'extra': 1}


class SetsState:
    def __reduce__(self):
        return SetsState, (), {'y': 2}, None, None, set_it


def set_it(obj, state):
    obj.set_by = state


class OwnList(list):
    pass


class OwnDict(dict):
    pass


class Outer:
    class Inner:
        def f(self):
            pass


class Colour(enum.Enum):
    RED = 1
    GREEN = 'g'


class Bits(enum.Flag):
    A = 1
    B = 2


@dataclasses.dataclass(frozen=True)
class Record:
    x: int
    y: list


Point = collections.namedtuple('Point', 'x y')


def function(a):
    return a


def state_of(o):
    if isinstance(o, (Slots,)):
        return [getattr(o, n, None) for n in ('a', 'b', 'c')]
    return {k: v for k, v in vars(o).items() if v is not o} if hasattr(o, '__dict__') else o


plain = Plain([1])
slots, both = Slots(), SlotsAndDict()
slots.a, both.a, both.c = 1, 2, 3
own_list, own_dict = OwnList([1, 2]), OwnDict(a=1)
own_list.note, own_dict.note = 'l', 'd'
for o in plain, slots, both, WithState(), NewArgs(1, 2), NewKeywords(k=3), Reduced(1, 2), SetsState(), own_list, own_dict, Record(1, [2]):
    for protocol in range(6):
        try:
            again = pickle.loads(pickle.dumps(o, protocol))
        except Exception as e:
            print(type(o).__name__, protocol, type(e).__name__, e)
            continue
        print(type(again).__name__, protocol, state_of(again), again if isinstance(again, (list, dict, tuple)) else '')
print(pickle.loads(pickle.dumps(plain)).me.method(), pickle.loads(pickle.dumps(plain.method))())

SAME = [function, Plain, Outer.Inner, Outer.Inner.f, len, int, list.append, dict.fromkeys, str.maketrans, int.__add__, Colour.RED, Colour, type(None), type(...),
        NotImplemented, ..., None, Point, collections.OrderedDict, print, copyreg.__newobj__]
for o in SAME:
    for protocol in range(6):
        again = pickle.loads(pickle.dumps(o, protocol))
        assert again is o or again == o, (o, again)
print(len(SAME), 'the same')

EQUAL = [Point(1, 2), Bits.A | Bits.B, collections.OrderedDict(a=1, b=2), collections.Counter('aab'), collections.deque([1, 2], 3),
         collections.defaultdict(list, {1: [2]}), collections.ChainMap({1: 2}), collections.UserList([1]), datetime.datetime(2020, 1, 2, 3, 4, 5, 6),
         datetime.date(2020, 1, 1), datetime.time(1, 2), datetime.timedelta(1, 2, 3), datetime.timezone.utc,
         datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone(datetime.timedelta(hours=2))), fractions.Fraction(1, 3),
         array.array('d', [1, 2.5]), re.compile('a+', re.I), range(1, 10, 3), slice(1, 2, 3), types.SimpleNamespace(a=1), random.Random(5).getstate(),
         1 + 2j, types.MappingProxyType, frozenset('abc'), (5).__add__]
for o in EQUAL:
    for protocol in range(2, 6):
        again = pickle.loads(pickle.dumps(o, protocol))
        assert again == o and type(again) is type(o), (o, again)
    assert copy.copy(o) == o
print(len(EQUAL), 'equal')

for o in ValueError('x', 1), KeyError('k'), OSError(2, 'no', 'name'), StopIteration(5), UnicodeDecodeError('utf-8', b'x', 0, 1, 'why'), ImportError('m', name='n'), Exception():
    again = pickle.loads(pickle.dumps(o))
    print(repr(again), again.args, type(again) is type(o))
e = ValueError('with attributes')
e.extra = 5
print(pickle.loads(pickle.dumps(e)).extra)

partial = pickle.loads(pickle.dumps(functools.partial(function, 7)))
print(partial(), pickle.loads(pickle.dumps(operator.attrgetter('x')))(plain), pickle.loads(pickle.dumps(operator.itemgetter(1)))('abc'))
print(pickle.loads(pickle.dumps(random.Random(3))).random() == random.Random(3).random())
for it in iter([1, 2, 3]), iter((1, 2, 3)), iter('abc'), iter(range(3)), iter({1: 2, 3: 4}), reversed([1, 2, 3]), itertools.count(5), enumerate('ab'), zip('ab', 'cd'):
    next(it)
    print(type(it).__name__, list(itertools.islice(pickle.loads(pickle.dumps(it)), 3)))
b = io.BytesIO(b'abc')
b.read(1)
print(pickle.loads(pickle.dumps(b)).read(), pickle.loads(pickle.dumps(io.StringIO('xyz'))).read())


def local():
    def inner(): pass

    class Inside: pass
    return inner, Inside, Inside()


BAD = [*local(), lambda: 0, (x for x in 'a'), open, iter(int, 1), type('Made', (), {})(), __import__('sys').stdin, memoryview(b'x')]
for o in BAD:
    try:
        pickle.dumps(o)
        print(type(o).__name__, 'went well')
    except Exception as e:
        print(type(o).__name__, type(e).__name__, re.sub('0x[0-9a-f]+', '0x', str(e)))


class Wrong:
    answer = None

    def __reduce__(self):
        return self.answer


for answer in 5, (), (1,), (1, 2), (len, 2), (len, (), None, 1), (len, (), None, None, 1), (len, (), 0, None, None, 5), 'no_such_name', 'function', (1, 2, 3, 4, 5, 6, 7), (copyreg.__newobj__, ()), (copyreg.__newobj__, (int,)):
    Wrong.answer = answer
    try:
        print(pickle.dumps(Wrong()))
    except Exception as e:
        print(type(e).__name__, re.sub('0x[0-9a-f]+', '0x', str(e)))
