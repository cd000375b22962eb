# bytes, bytearray and memoryview: methods, slices, casts, errors
def t(f):
    try: print(ascii(f()))
    except Exception as e: print(type(e).__name__, ascii(str(e)))
exprs = r'''
B.upper(); B.lower(); B.title(); B.capitalize(); B.swapcase(); B.find(b'c'); B.find(99); B.find(300); B.find('c'); B.find(b''); B.rfind(b'b'); B.index(b'z'); B.rindex(b'z'); B.count(b'b'); B.count(98); B.count(b''); B.split(); B.split(b' '); B.split(b'',1); B.rsplit(b' ',1); B.rsplit(None,1); B.splitlines(); B.partition(b'b'); B.partition(b'z'); B.rpartition(b'b'); B.rpartition(b'zz'); B.replace(b'b',b'XX'); B.replace(b'',b'-'); B.replace(b'b',b''); B.replace(b'b',b'c',1); B.strip(); B.strip(b'aC '); B.lstrip(b'a'); B.rstrip(b'd'); B.strip('a'); B.center(20); B.center(20,b'*'); B.ljust(15,b'-'); B.rjust(15); B.center(20,'*'); B.zfill(15); B.expandtabs(); B.startswith(b'a'); B.startswith((b'x',b'ab')); B.endswith(b'd'); B.startswith('a'); B.startswith(('a',)); B.removeprefix(b'ab'); B.removesuffix(b'Cd'); B.hex(); B.hex(':'); B.hex('-',2); B.hex('-',-3); B.hex('::'); B.hex('é'); B.hex(1); B.isalpha(); B.isalnum(); B.isspace(); B.isdigit(); B.islower(); B.isupper(); B.istitle(); B.isascii(); B.decode(); B.decode('ascii'); B.translate(None,b'b'); B.translate(bytes(range(255,-1,-1))); B.translate(b'x'); B.translate(None,delete=b'ab'); B.join([b'x',b'y']); B.join([]); B.join([b'x']); B.join(['x']); B.join([1]); B.join(1); B.join([bytearray(b'q'),memoryview(b'z'),b'p'])
B[0]; B[-1]; B[100]; B[1:3]; B[::-1]; B[::2]; B['a']; B[1.5]; B+b'x'; B+bytearray(b'x'); B+'x'; B+1; B*2; B*0; B*-1; 2*B; B*1.5; b'b' in B; 98 in B; 300 in B; 'b' in B; len(B); list(B); B==b'ab Cd'; B==bytearray(b'ab Cd'); B=='ab Cd'; B<b'b'; B<'b'; B>bytearray(b'a'); B>=B; repr(B); str(B); bool(B); B.__contains__(b'a'); B.__len__(); B.__getitem__(0); max(B); sorted(B); bytes(B); bytearray(B); memoryview(B)[0]; memoryview(B).tolist(); B % 1; B.__iter__().__next__(); type(B[1:]); type(B.upper()); type(B.split()[0]); type(B+b''); type(B*1); B.fromhex('0aFF 1b'); B.fromhex('0'); B.fromhex('zz'); B.fromhex('0g'); B.fromhex(1); B.maketrans(b'a',b'b')[97]; B.maketrans(b'a',b'bc'); B.__sizeof__()>0; len(B)
'''
for make in (lambda: b'ab Cd', lambda: bytearray(b'ab Cd')):
    for line in exprs.strip().split('\n'):
        for e in line.split('; '):
            B=make(); print(ascii(e), end=' -> '); t(lambda: eval(e))
more = r'''
bytes(); bytes(3); bytes(-1); bytes([1,2,3]); bytes([256]); bytes(['a']); bytes('a'); bytes('é','utf8'); bytes('é',encoding='latin-1'); bytes(1,'a'); bytes(encoding='a'); bytes(errors='a'); bytes('a',errors='x'); bytes(1.5); bytes(None); bytes(range(3)); bytes((1,2)); bytes(x for x in (1,2)); bytes(bytearray(b'x')); bytes(memoryview(b'xy')[::-1]); bytes(10**20); bytes({1,2}); bytes(True); bytes(object()); bytes([]); bytes('','utf8')
bytearray(); bytearray(3); bytearray(-1); bytearray([1,2,3]); bytearray([256]); bytearray('a'); bytearray('é','utf8'); bytearray(1.5); bytearray(None); repr(bytearray(b"it's")); repr(b'\x00\n\t\r\\\'"\xff'); b"'"; b'"'; b'\'"'; hash(bytearray()); hash(b'ab'); b''.hex(); b'a' 'b' if False else 0
b'\x80abc'.decode(); b'\xc3'.decode(); b'\xe2\x98\x83'.decode(); b'\xf0\x9f\x98\x80'.decode(); b'\xed\xa0\x80'.decode(); b'\xf4\x90\x80\x80'.decode(); b'\xc0\x80'.decode(); b'\xe2\x28\xa1'.decode(errors='replace'); b'\xff\xfeab'.decode('utf-16'); b'ab'.decode('utf-16-be'); b'abc'.decode('utf-16-le'); b'a\xe9'.decode('latin1'); b'a\xe9'.decode('ascii','surrogateescape'); b'\x81\xe9'.decode('cp1252','replace'); b'\x82'.decode('cp437'); b'a\\x41\\u2603\\n\\N{DASH}'.decode('unicode_escape','replace'); b'\xff'.decode('utf-8','backslashreplace'); b'\xe2\x98'.decode('utf-8','ignore'); b'\xf0\x9f\x98a'.decode('utf-8','replace'); b'\xe2\x98\xe2\x98\x83'.decode('utf-8','replace'); b'a'.decode('x'); b'a'.decode(1); b'\x80'.decode('ascii','foo'); b'\xef\xbb\xbfa'.decode('utf-8-sig'); b'\0\0\xd8\0'.decode('utf-16-be'); b'\x00\xd8\x00\xdc'.decode('utf-16-le'); b'a\0\0\0'.decode('utf-32'); b'\0\0\x11\0'.decode('utf-32-le')
'''
for line in more.strip().split('\n'):
    for e in line.split('; '):
        print(ascii(e), end=' -> '); t(lambda: eval(e))
def ex(s):
    b=bytearray(b'hello')
    try:
        r=None
        exec(s, {'b':b, 'r':r}); print(s, b)
    except Exception as e: print(s, type(e).__name__, e, b)
for s in '''b[0]=65; b[0]=300; b[0]='a'; b[9]=1; b['a']=1; b[1:3]=b'XYZ'; b[1:3]=[1,2]; b[1:3]=5; b[1:3]='x'; b[::2]=b'abc'; b[::2]=b'ab'; del b[0]; del b[1:3]; del b[::2]; del b[9]; b.append(65); b.append(256); b.append('a'); b.extend(b'xy'); b.extend([1,2]); b.extend('x'); b.extend(5); b.extend([300]); b.insert(0,65); b.insert(-1,65); b.insert(99,65); b.pop(); b.pop(0); b.pop(9); bytearray().pop(); b.remove(104); b.remove(1); b.reverse(); b.clear(); b+=b'xy'; b+=5; b*=2; b*=0; b*='a'; b+=b; b.extend(b); b[1:1]=b; m=memoryview(b);b.append(1); m=memoryview(b);b[0]=1; m=memoryview(b);m[0]=66; m=memoryview(b);m.release();b.append(1); m=memoryview(b);m[1:3]=b'QQ'; m=memoryview(b);m[1:3]=b'Q'; b[3:1]=b'ZZ'; b[10:]=b'end'; b[-2:]=b''; b.copy().append(1); b.__init__(3); b.__init__([1]); b.decode('utf8').upper()'''.split('; '): ex(s)
mv = r'''
memoryview('a'); m.tolist(); m[0]; m[-1]; m[9]; m[1:3].tobytes(); m[::-1].tobytes(); m[::2].tolist(); m['a']; len(m); m.nbytes; m.itemsize; m.format; m.ndim; m.shape; m.strides; m.suboffsets; m.readonly; m.obj; m.contiguous; m[::2].contiguous; m==b'abcdefgh'; m==bytearray(b'abcdefgh'); m!=b'x'; m==5; hash(m)==hash(b'abcdefgh'); m[0:0].tobytes(); m.cast('H').tolist(); m.cast('I')[1]; m.cast('Q').tolist(); m.cast('x'); m.cast('HH'); m[:3].cast('H'); m.cast('B',[2,4]).tolist(); m.cast('B',[2,4])[1,2]; m.cast('B',[2,4])[1]; m.cast('B',[2,3]); m.cast('B',[2,4]).shape; m.cast('B',(2,2,2)).tolist(); m.cast('b').tolist(); m.cast('c')[0]; m.cast('?').tolist(); m.cast('d').tolist(); m.cast('f').tolist(); m.cast('h').cast('i'); m.hex(); m.hex(':'); m.toreadonly().readonly; m.__enter__()[0]; memoryview(m)[0]; list(m); bytes(m); m[1:].obj is m.obj; m[1:3]==b'bc'; 97 in m; m[0]=1; hash(memoryview(bytearray(2))); m.cast('@i').format; m[2:6][1:3].tobytes(); repr(m)[:10]; m<m; m.cast('B',[2,4]).tobytes(); m.cast('B',[2,4])[::1].shape; m.tobytes('C'); m.index; m.cast('H')[1:2].tolist(); m[slice(1,5,2)].tolist(); m.cast('i',[2]).tolist(); m.cast('i',[1,2]).tolist(); memoryview(bytearray(8)).cast('i').__setitem__(0,2**31); memoryview(bytearray(8)).cast('i').__setitem__(0,'a'); memoryview(bytearray(8)).cast('f').__setitem__(0,1.5); memoryview(bytearray(8)).__setitem__(0,256); b'x'.join([m,m[:2]]); int.from_bytes(m[:2],'big'); bytearray(b'qq')+m; b'q'+m[1:2]; m.__len__(); iter(m).__next__(); b'abcdefgh'.startswith(m[:2]); b'abcdefgh'==m; bytearray(b'abcdefgh')==m
'''
m=memoryview(b'abcdefgh')
for line in mv.strip().split('\n'):
    for e in line.split('; '):
        print(ascii(e), end=' -> '); t(lambda: eval(e) if '=1' not in e else exec(e))
with memoryview(b'x') as q: print(q[0])
t(lambda: q[0]); t(lambda: len(q)); t(lambda: repr(q)[:9]); t(lambda: q==q)
class BB(bytes): pass
b=BB(b'abc'); b.x=1; print(b, b.x, type(b), type(b+b''), type(b[:]), b==b'abc', {b:1}[b'abc'], b.__dict__)
class BA(bytearray): pass
b=BA(b'abc'); b.x=1; print(b, b.x, type(b), type(b+b''), type(b[:]), repr(b), b==b'abc', type(b.upper()), type(b.copy()))
