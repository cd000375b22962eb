import re, json, struct, itertools, functools, collections, copy, gc
print(re.sub(r'(\w+)-(?P<n>\d*)', r'\2', 'ab-12 c-'), re.findall('a|(b)', 'abab'), json.loads('{"a": [1, 2.5, null, "\\u00e9"]}'), json.dumps({'x': (1, None)}))
print(struct.unpack('<hIq', struct.pack('<hIq', 1, 2, 3)), list(itertools.product('ab', [1, 2])), functools.reduce(lambda a, b: a * b, range(1, 20)))
d = collections.deque([1, 2, 3], 2); d.rotate(1); o = collections.OrderedDict(a=1); o.move_to_end('a'); c = collections.Counter('abca')
print(d, o, c, copy.deepcopy([d, o]), list(itertools.groupby('aab')), functools.lru_cache(2)(len)('a'), gc.collect() >= 0)
