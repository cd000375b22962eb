import collections, functools, itertools, math, json, re, random, string, os.path, io, contextlib, operator, enum, dataclasses, typing, copy
Pt = collections.namedtuple("Pt", "x y", defaults=[5])
print(Pt(1), Pt(1, 2)._replace(x=9), Pt(1)._asdict(), collections.Counter("hello").most_common(2), collections.deque([1, 2, 3], maxlen=2), collections.defaultdict(list, {1: [2]}), collections.OrderedDict(a=1), collections.ChainMap({1: 2}, {3: 4})[3])
@functools.lru_cache(None)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(80), fib.cache_info(), functools.reduce(operator.mul, range(1, 6)), functools.partial(int, base=2)("101"), sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)))
print(list(itertools.islice(itertools.count(5, 2), 3)), list(itertools.permutations("ab")), list(itertools.combinations([1, 2, 3], 2)), list(itertools.accumulate([1, 2, 3])), [(k, list(g)) for k, g in itertools.groupby("aab")], list(itertools.chain([1], [2])), list(itertools.product([0, 1], repeat=2)), list(itertools.zip_longest([1], [2, 3])))
print(math.sqrt(2), math.gcd(12, 18), math.factorial(20), math.pi, math.floor(-1.5), math.isclose(0.1 + 0.2, 0.3), math.comb(5, 2), math.fsum([0.1] * 10), math.log2(8), math.inf)
print(json.dumps({"a": [1, 2.5, None, True, "é\n"], "b": {}}), json.loads('{"x": [1, -2.5e3, "\\u00e9", null]}'), json.dumps([1, {"z": 1}], indent=2), json.dumps("é", ensure_ascii=False))
try: json.loads("{bad")
except json.JSONDecodeError as e: print(e)
print(re.sub(r"(\w+) (\w+)", r"\2 \1", "hello world"), re.findall(r"\d+", "a1b22"), re.split(r"[,;]\s*", "a, b;c"), re.match(r"(?P<y>\d{4})-(?P<m>\d\d)", "2024-05").groupdict(), re.compile("x", re.I).search("aXb").span())
random.seed(42); print(random.random(), random.randint(1, 100), random.choice("abc"), random.sample(range(10), 3), random.shuffle(l := [1, 2, 3, 4]), l, random.gauss(0, 1), random.uniform(1, 2))
class Color(enum.Enum):
    RED = 1
    GREEN = enum.auto()
print(Color.RED, repr(Color.GREEN), Color(1), Color["RED"], list(Color), Color.RED.name, enum.IntFlag("F", "A B").A | 2)
@dataclasses.dataclass(order=True)
class D:
    a: int
    b: list = dataclasses.field(default_factory=list)
print(D(1), D(1) == D(1), D(1) < D(2), dataclasses.asdict(D(1, [2])), dataclasses.replace(D(1), a=5))
print(copy.deepcopy([[1], {2: [3]}]), string.ascii_lowercase, os.path.join("a", "b"), os.path.splitext("x.py"), typing.Optional[int], typing.List[int], io.StringIO("a\nb").readlines())
@contextlib.contextmanager
def cm():
    print("in")
    try: yield 5
    finally: print("out")
with cm() as v: print(v)
with contextlib.suppress(KeyError): {}["x"]
print(operator.itemgetter(1)([1, 2]), operator.attrgetter("real")(5), operator.add(1, 2))
