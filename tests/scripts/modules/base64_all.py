# base64: every encoding there and back, padding, options, what cannot be decoded
import base64
import random


def show(name, *args, **options):
    try:
        print(name, args, options, getattr(base64, name)(*args, **options))
    except Exception as e:
        print(name, args, options, type(e).__name__, e)


numbers = random.Random(2)
for n in [*range(14), 100]:
    data = bytes(numbers.randrange(256) for _ in range(n))
    for kind in 'b64', 'b32', 'b32hex', 'b16', 'b85', 'a85', 'urlsafe_b64':
        text = getattr(base64, kind + 'encode')(data)
        print(kind, text, getattr(base64, kind + 'decode')(text) == data)
    print(base64.encodebytes(data), base64.decodebytes(base64.encodebytes(data)) == data)
    print(base64.a85encode(data, adobe=True, wrapcol=7), base64.a85encode(data, pad=True), base64.b85encode(data, True))
show('a85encode', bytes(8) + b'    ab\0\0', foldspaces=True)
show('a85decode', b'zy!!', foldspaces=True)
show('b64encode', b'\xfb\xef\xff', b'-_')
show('b64decode', '-_-_', b'-_')
show('b64decode', 'ab=!', None, True)
for name, bad in (('b64decode', 'é'), ('b64decode', 3), ('b64decode', 'abc'), ('b32decode', 'a'), ('b32decode', 'aaaaaaaa'),
                  ('b32decode', 'AAAAAAA='), ('b32decode', 'AAA====='), ('b32decode', 'AA======'), ('b32decode', 'A======='),
                  ('b16decode', 'ab'), ('b16decode', 'ABC'), ('b16decode', 'A!A'), ('b85decode', '"'), ('b85decode', '~~~~~'),
                  ('a85decode', 'v'), ('a85decode', '!z'), ('a85decode', 'uuuuu'), ('encodebytes', 'x'), ('b64encode', 'x')):
    show(name, bad)
show('b32decode', 'aa1aa0aa', True, 'L')
show('b16decode', 'ab', True)
