# dataclasses: defaults, order, frozen, slots, hashing, keyword-only and init-only fields, and what is refused
import dataclasses
from dataclasses import KW_ONLY, InitVar, dataclass, field
from typing import ClassVar


def refused(make):
    try:
        make()
    except Exception as e:
        print(type(e).__name__, e)


@dataclass(order=True)
class Card:
    """A card."""
    rank: int
    suit: str = 'hearts'
    marks: list = field(default_factory=list, compare=False, repr=False)
    count: ClassVar[int] = 0


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int = 0


@dataclass
class Job:
    name: str
    scale: InitVar[int] = 2
    _: KW_ONLY
    size: int = field(default=1, metadata={'unit': 'kg'})
    total: int = field(init=False)

    def __post_init__(self, scale):
        self.total = self.size * scale


a, b = Card(3), Card(2, 'spades', [1])
print(a, b, a > b, a == Card(3), a.marks is Card(3).marks, sorted([a, b]), Card.__match_args__, Card.__hash__, Card.__doc__)
p = Point(1, 2)
print(p, hash(p) == hash(Point(1, 2)), Point.__slots__, Point.__doc__, hasattr(p, '__dict__'))
refused(lambda: setattr(p, 'x', 3))
refused(lambda: delattr(p, 'x'))
job = Job('a', 3, size=4)
print(job, Job.__doc__, [f.name for f in dataclasses.fields(Job)], dataclasses.fields(job)[1].metadata['unit'])
print(dataclasses.asdict(b), dataclasses.astuple(b), dataclasses.replace(p, y=5), dataclasses.replace(job, scale=1, name='b'))
print(dataclasses.asdict(Card([p, {'k': (p,)}], {'q': p})), dataclasses.asdict(p, dict_factory=list))
print(dataclasses.is_dataclass(Card), dataclasses.is_dataclass(p), dataclasses.is_dataclass(3))
made = dataclasses.make_dataclass('Made', ['a', ('b', int), ('c', str, field(default='z'))], namespace={'twice': lambda self: self.b * 2})
print(made(1, 2), made(1, 2).twice())
refused(lambda: dataclasses.make_dataclass('M', ['class']))
refused(lambda: dataclasses.make_dataclass('M', ['a', 'a']))
refused(lambda: dataclasses.make_dataclass('M', ['1']))
refused(lambda: dataclasses.make_dataclass('M', [('a', int, 1, 2)]))
refused(lambda: dataclasses.make_dataclass('M', [('a', list, [])]))
refused(lambda: dataclasses.make_dataclass('M', [('a', int, 1), 'b']))
refused(lambda: dataclasses.make_dataclass('M', ['a'], bases=(Point,)))
refused(lambda: dataclasses.make_dataclass('M', ['a'], order=True, eq=False))
refused(lambda: dataclasses.make_dataclass('M', ['a'], namespace={'__hash__': hash}, unsafe_hash=True))
refused(lambda: dataclasses.make_dataclass('M', ['a'], namespace={'__lt__': hash}, order=True))
refused(lambda: field(default=1, default_factory=list))
refused(lambda: dataclasses.replace(job, total=1))
refused(lambda: dataclasses.fields(3))
refused(lambda: dataclasses.asdict(Card))
print(repr(dataclasses.fields(Point)[1])[:40])
print(InitVar[int], InitVar[list[int]])


class Child(Card):
    pass


print(Child(1) == Card(1), Child(1), repr(Card.__dataclass_params__))
