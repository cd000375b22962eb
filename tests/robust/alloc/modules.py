import json, re, struct, collections, itertools, functools, copy, operator
json.loads('{"a": [1, 2.5, null, true, "\\u00e9x"], "b": {"c": -1e3}}'), json.dumps({'x': [1, None, 'é', 2.5], 'y': {}}, indent=1)
re.sub(r'(\w+)-(?P<n>\d*)', r'\2\1', 'ab-12 c-'), re.findall('a|(b)', 'abab'), re.match('(a)(b)?', 'ac').groups(), re.split('[,;]', 'a,b;c'), re.compile('é+').search('xéé').span()
struct.unpack('<hIq3s', struct.pack('<hIq3s', 1, 2, 3, b'abc'))
d = collections.deque(range(100), 70); d.rotate(3); d.appendleft(1); d.extend([1, 2]); repr(d)
o = collections.OrderedDict(a=1, b=2); o.move_to_end('a'); c = collections.Counter('abca'); c.most_common(1); n = collections.namedtuple('N', 'x y')(1, 2); n._replace(x=3)
dd = collections.defaultdict(list); dd['k'].append(1)
list(itertools.product('ab', [1, 2])), list(itertools.groupby('aab')), list(itertools.combinations('abc', 2)), list(itertools.chain([1], [2])), [list(t) for t in itertools.tee([1, 2])]
@functools.lru_cache(2)
def f(x): return [x]
f(1), f(2), f(3), functools.partial(f, 1)(), functools.reduce(operator.add, [[1], [2]])
copy.deepcopy([d, {'a': (1, [2])}])
