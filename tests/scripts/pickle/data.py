# Pickles of data, by every protocol: the bytes are CPython's, and make what they were made of.
import hashlib
import pickle

recursive_list = []
recursive_list.append(recursive_list)
in_a_tuple = ([],)
in_a_tuple[0].append(in_a_tuple)
recursive_dict = {}
recursive_dict['itself'] = recursive_dict
shared = [1, 2]

NUMBERS = [0, 1, 255, 256, 65535, 65536, -1, -128, -129, 2 ** 31 - 1, -2 ** 31, 2 ** 31, 2 ** 63, -2 ** 63, 2 ** 200, -2 ** 200, 2 ** 2100,
           1.5, -0.0, 1e300, float('inf'), 0.1, 1 + 2j]
TEXTS = ['', 'abc', 'line\nbreak\\', '\xe9\u20ac\U0001f600', '\ud800', 'x' * 255, 'x' * 256, 'w' * 70000,
         b'', b'abc\x00\xff', b'y' * 256, b'z' * 70000, bytearray(), bytearray(b'abc')]
CONTAINERS = [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), [], [1], [1, 2], list(range(1000)), list(range(2500)), {}, {1: 2}, {1: 2, 'a': []},
              {i: i for i in range(1000)}, {i: str(i) for i in range(2100)}, set(), {1}, frozenset(), frozenset([1]), [[]], [{}, ()],
              [shared, shared, (shared, shared)], [None, True, False], ['same', 'same'], [b'q', b'q']]

for values in NUMBERS, TEXTS, CONTAINERS:
    for value in values:
        digest = hashlib.sha256()
        for protocol in range(6):
            data = pickle.dumps(value, protocol)
            again = pickle.loads(data)
            assert type(again) is type(value) and again == value, (value, again)
            digest.update(data)
        print(type(value).__name__, repr(value)[:40], digest.hexdigest()[:16])

for protocol in range(6):
    a = pickle.loads(pickle.dumps(recursive_list, protocol))
    b = pickle.loads(pickle.dumps(in_a_tuple, protocol))
    c = pickle.loads(pickle.dumps(recursive_dict, protocol))
    d = pickle.loads(pickle.dumps([shared, shared], protocol))
    print(a[0] is a, b[0][0] is b, c['itself'] is c, d[0] is d[1])
print(pickle.dumps(recursive_list), pickle.dumps(in_a_tuple), pickle.dumps(None, 0), pickle.dumps([1, 'a'], 2))
nan = pickle.loads(pickle.dumps(float('nan')))
print(nan != nan, pickle.HIGHEST_PROTOCOL, pickle.DEFAULT_PROTOCOL, pickle.dumps(1) == pickle.dumps(1, 4), pickle.dumps(1, -1)[1])
deep = []
for i in range(100000):
    deep = [deep]
try:
    pickle.dumps(deep)
except RecursionError as e:
    print(type(e).__name__)
while deep:
    deep = deep.pop()
