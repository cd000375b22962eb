# Pickles that are cut off, changed or made up: an exception of Python's, the same as CPython's where it is about the pickle.
import pickle
import random

MADE_UP = [b'', b'.', b'0.', b'1.', b'2.', b'a.', b'e.', b's.', b'u.', b't.', b'l.', b'd.', b'(.', b'N(a.', b']N(e.', b'](Ne', b'(NNNu.', b'}(Nu.', b'}(NNNd.', b'R.', b'NNR.',
           b')R.', b'b.', b'Nb.', b'NNb.', b'o.', b'(o.', b'(No.', b'\x81.', b'N)\x81.', b'cbuiltins\nint\nN\x81.', b'cbuiltins\nint\n)N\x92.', b'\x85.', b'N\x86.', b'\x87.', b'Q.', b'NQ.', b'Pid\n.',
           b'h\x00.', b'j\xff\xff\xff\xff.', b'g5\n.', b'g-5\n.', b'p5\n.', b'Np-5\n.', b'Nr\x00\x00\x10\x000j\x00\x00\x10\x00.', b'q\x00.', b'\x94.', b'I\n.', b'Ix\n.', b'I1', b'L\n.', b'Lx\n.', b'F\n.', b'Fx\n.',
           b'J\x00', b'K', b'M\x00', b'G\x00', b'\x8a\x05\x00', b'\x8b\xff\xff\xff\xff', b'\x8b\x10\x00\x00\x00.', b'X\xff\xff\xff\xff', b'X\x05\x00\x00\x00ab', b'\x8c\x05ab', b'\x8d\xff\xff\xff\xff\xff\xff\xff\xffab',
           b'\x8d\xff\xff\xff\xff\xff\xff\xff\x7fab', b'X\x01\x00\x00\x00\xff.', b'B\xff\xff\xff\xff', b'C\x05a', b'\x97.', b'N\x98.',
           b'T\xff\xff\xff\xff', b'T\x05\x00\x00\x00ab', b"S'x\n.", b'Sx\n.', b"S'\\'\n.", b"S'\\x'\n.", b'V\\u12\n.', b'c\n\n.', b'cbuiltins\n', b'cno_such\nname\n.', b'cbuiltins\nno_such\n.', b'c\xff\nname\n.', b'NN\x93.',
           b'\x80\x06N.', b'\x80\xffN.', b'\x80', b'\x95\xff\xff\xff\xff\xff\xff\xff\xffN.', b'\x95\x05\x00\x00\x00\x00\x00\x00\x00N.', b'\x82\x00.', b'\x82\x05.', b'\x83\x00\x00.', b'\x84\xff\xff\xff\xff.', b'\x90.', b'\x8f(]\x90.',
           b'(]\x91.', b'}(]Nu.', b'\xff.', b'z.', b"'.", b'ibuiltins\nint\n.', b'(ibuiltins\nint\n', b'N' * 100, b'(' * 100 + b'.', b'cbuiltins\nlen\n(NtR.', b'cbuiltins\nlen\n)R.', b'NN(s.', b'N}b.', b'cbuiltins\nobject\n)\x81}X\x01\x00\x00\x00aNsb.',
           b'cbuiltins\nValueError\n)R]b.', b'cbuiltins\nValueError\n)R(N]tb.', b'cbuiltins\nValueError\n)R(N}tb.']
for data in MADE_UP:
    try:
        print(data[:30], repr(pickle.loads(data))[:60])
    except Exception as e:
        print(data[:30], type(e).__name__, e)

VALUE = [1, 2.5, 'text', b'bytes', (1, 2, 3, 4), {'a': [None, True], 'b': {1, 2}}, 10 ** 30, frozenset([5]), ValueError('x'), range(3), ['text', 'text']]
for protocol in range(6):
    data = pickle.dumps(VALUE, protocol)
    kinds = {}
    for i in range(len(data)):
        try:
            pickle.loads(data[:i])
            kind = 'nothing'
        except Exception as e:
            kind = f'{type(e).__name__} {e}'
        kinds[kind] = kinds.get(kind, 0) + 1
    print(protocol, sorted(kinds.items()))

for data in b'\x8e\xff\xff\xff\xff\xff\xff\xff\x7fab', b'\x96\xff\xff\xff\xff\xff\xff\xff\x7fab', b'Nr\xff\xff\xff\xff0j\xff\xff\xff\xff.':
    try:
        pickle.loads(data)  # 3.11 makes room for it all first: MemoryError or OverflowError there
    except Exception:
        pass

# changed bytes: whatever comes out, it is a value or an exception
rng = random.Random(1)
outcomes = 0
for protocol in range(6):
    data = pickle.dumps(VALUE, protocol)
    for _ in range(300):
        changed = bytearray(data)
        for _ in range(rng.randrange(1, 4)):
            changed[rng.randrange(len(changed))] = rng.randrange(256)
        if 0x96 in changed:
            continue  # 3.11 frees a bytearray that is still being read into
        if b'builtins' not in changed and b'exceptions' not in changed and protocol >= 2:
            continue  # a changed name might import anything
        try:
            pickle.loads(bytes(changed))
        except Exception:
            pass
        outcomes += 1
print(outcomes > 1000)
