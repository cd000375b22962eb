import codecs, io, gc, bisect, operator
for enc in 'utf-8 utf8 UTF_8 latin-1 ascii utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-8-sig rot13 hex base64 unicode_escape raw_unicode_escape cp1252 cp437 iso8859-15 koi8-r'.split():
    try:
        i = codecs.lookup(enc)
        print(enc, i.name, i._is_text_encoding, len(i))
    except LookupError as e: print('LookupError', e)
for enc in 'utf-8 latin-1 utf-16 utf-16-le utf-32 utf-8-sig unicode_escape cp1252 koi8-r'.split():
    try:
        b = codecs.encode('hé', enc); print(enc, b, codecs.decode(b, enc))
    except Exception as e: print(enc, type(e).__name__, e)
print(codecs.encode('hello', 'rot13'), codecs.encode(b'ab', 'hex'), codecs.decode(b'6162', 'hex'), codecs.encode(b'abc', 'base64'))
d = codecs.getincrementaldecoder('utf-8')()
print([d.decode(bytes([c])) for c in 'hé€'.encode()], d.getstate())
try: d.decode(b'\xe2', True)
except UnicodeDecodeError as e: print(e)
e = codecs.getincrementalencoder('utf-16')(); print(e.encode('a'), e.encode('b'))
r = codecs.getreader('utf-8')(io.BytesIO('aé\nbc\n'.encode())); print(r.readline(), list(r))
w = codecs.getwriter('utf-8')(b := io.BytesIO()); w.write('é€'); print(b.getvalue())
print(list(codecs.iterdecode([b'\xc3', b'\xa9'], 'utf-8')), list(codecs.iterencode(['é','x'], 'latin-1')))
codecs.register_error('mine', lambda e: ('<%d>' % e.start, e.end))
print('a€b'.encode('ascii', 'mine'), callable(codecs.lookup_error("strict")))
def f(e): return ('?', e.end)
codecs.register_error('q', f); print(b'a\xffb'.decode('ascii','q'), b'a\xffb'.decode('utf-8','q'))
for h in 'ignore replace backslashreplace xmlcharrefreplace namereplace surrogateescape surrogatepass'.split():
    try: print(h, 'a€\udc80'.encode('ascii', h))
    except Exception as e: print(h, type(e).__name__, e)
def s(name):
    if name=='myc': return codecs.CodecInfo(name='myc', encode=lambda s,errors='strict': (s.upper().encode(), len(s)), decode=lambda b,errors='strict': (bytes(b).decode().lower(), len(b)))
codecs.register(s); print('abc'.encode('myc'), b'ABC'.decode('myc'))
codecs.unregister(s)
try: 'abc'.encode('myc2')
except LookupError as e: print(e)
try: 'abc'.encode('hex')
except LookupError as e: print(e)
try: 'a'.encode('rot13')
except LookupError as e: print(e)
print(codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM)
print(codecs.escape_decode(b'a\\n'), codecs.utf_8_decode(b'a\xc3'), codecs.utf_8_encode('é'), codecs.ascii_encode('a'), codecs.latin_1_decode(b'\xe9'))
n = io.IncrementalNewlineDecoder(None, True); print(n.decode('a\r\nb\rc\n'), n.newlines)
gc.set_debug(gc.DEBUG_SAVEALL); 
class A: pass
a=A(); a.a=a; del a; gc.collect(); print(len([x for x in gc.garbage if isinstance(x, A)])); gc.set_debug(0); gc.garbage.clear()
it=iter([1,2,3]); next(it); print(it.__reduce__()); it=iter(range(5)); next(it); print(it.__reduce__()); it.__setstate__(3); print(list(it))
print(sorted(operator.__all__)); 
s=io.StringIO('abc'); s.read(1); print(s.__getstate__())
b=io.BytesIO(b'abc'); b.read(1); print(b.__getstate__())
print(codecs.charmap_encode('ab','strict',{97:b'x',98:121}), codecs.charmap_decode(b'ab','strict',{97:'x',98:121}))

