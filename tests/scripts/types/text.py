# str: every method, slices, codecs, subclasses, += in place
def t(f):
    try: print(ascii(f()))
    except Exception as e: print(type(e).__name__, ascii(str(e)))
exprs = r'''
'abc'.upper(); 'ABC'.lower(); 'ßaB'.upper(); 'İ'.lower(); 'ΑΣ'.lower(); 'ΑΣ Σ Σα'.lower(); 'ŉ'.title(); 'hello world'.title(); "they're bill's".title(); 'hELLO'.capitalize(); 'ǆx'.capitalize(); 'Straße'.casefold(); 'aBc'.swapcase(); 'ßÀ'.swapcase(); ''.upper(); 'ﬁ'.upper(); 'ﬁ'.title(); 'Ꭰ'.casefold(); 'ᏸ'.casefold(); 'a1B'.swapcase()
'abc'.find('c'); 'abc'.find('d'); 'abc'.find(''); 'abc'.find('',3); 'abc'.find('',4); 'abc'.rfind(''); 'abcabc'.rfind('abc'); 'abcabc'.rfind('abc',0,5); 'abc'.find('b',-2); 'abc'.index('z'); 'abc'.rindex('z'); 'aéa'.find('é'); 'a☃b☃'.rfind('☃'); 'a☃b☃'.find('b☃'); '☃😀x'.find('x'); 'abc'.find('☃'); 'abc'.find(1); 'abc'.find('a','b'); 'abc'.find('a',None,None)
'abcabc'.count('abc'); 'aaa'.count('aa'); 'abc'.count(''); ''.count(''); 'abc'.count('',1); 'abc'.count('',4); 'aaaa'.count('a',1,3); 'é☃é'.count('é'); 'abc'.count(1)
'a,b,c'.split(','); 'a,b,c'.split(',',1); ' a  b c '.split(); ' a  b c '.split(None,1); ''.split(); ''.split(','); 'abc'.split(''); 'a,b'.split(1); 'a,,b'.split(','); 'a☃b'.split('☃'); ' a b '.rsplit(None,1); 'a,b,c'.rsplit(',',1); 'a b c'.rsplit(); 'a\x1cb\u3000c'.split(); 'abc'.split('abc'); 'a,b'.split(sep=','); 'a,b,c'.split(',',maxsplit=1); 'a'.split(foo=1); 'a--b--c'.rsplit('--'); 'aXbXc'.split('X',0)
'a\nb\r\nc\rd'.splitlines(); 'a\nb\n'.splitlines(True); ''.splitlines(); '\n'.splitlines(); 'a\x0bb\x0cc\x1cd\x85e\u2028f'.splitlines(); 'a\nb'.splitlines(keepends=1)
'abc'.replace('b','X'); 'abc'.replace('','-'); ''.replace('','x'); 'aaa'.replace('a','b',2); 'aaa'.replace('a','',1); 'abc'.replace('abc',''); 'é'.replace('é','e'); 'e'.replace('e','é'); 'a☃a'.replace('☃','b'); 'abc'.replace('d','e'); 'aXbX'.replace('X','YY'); 'abc'.replace('','-',2); 'abc'.replace('a','b',0); 'abc'.replace(1,'a'); 'abc'.replace('a',1); 'é'.replace('','☃'); 'ab'.replace('☃','x'); 'aa'.replace('aa','b'); 'abababab'.replace('ab','x',3)
' a '.strip(); 'xxaxx'.strip('x'); 'abc'.strip('ac'); ' a '.lstrip(); ' a '.rstrip(); ''.strip(); '\u3000a\x85'.strip(); 'aéa'.strip('é'); 'éaé'.strip('é'); 'a'.strip(1); 'abc'.strip(None)
'a'.center(5); 'a'.center(4); 'ab'.center(5); 'ab'.center(4,'*'); 'a'.center(5,'☃'); 'a'.ljust(3); 'a'.rjust(3,'é'); 'abc'.center(2); 'a'.center('x'); 'a'.center(5,'xx'); 'a'.center(5,1); '-5'.zfill(5); '+5'.zfill(5); 'abc'.zfill(2); ''.zfill(3); '☃'.zfill(3); '5'.zfill(4)
'a\tb'.expandtabs(); 'a\tb'.expandtabs(4); '\t\n\ta'.expandtabs(3); 'a\tb'.expandtabs(0); 'a\tb'.expandtabs(tabsize=2); 'ab\tc'.expandtabs(-1)
'a-b-c'.partition('-'); 'abc'.partition('-'); 'a-b-c'.rpartition('-'); 'abc'.rpartition('-'); 'abc'.partition(''); 'abc'.partition(1)
'abc'.startswith('a'); 'abc'.startswith(('x','a')); 'abc'.startswith('b',1); 'abc'.endswith('c'); 'abc'.endswith('b',0,2); 'abc'.endswith(('x',)); 'abc'.startswith(''); 'abc'.startswith('',4); 'abc'.startswith(1); 'abc'.startswith((1,)); ''.endswith(''); 'abc'.startswith('abcd'); 'abc'.endswith('bc',-1)
'abc'.removeprefix('a'); 'abc'.removesuffix('bc'); 'abc'.removeprefix('x'); 'abc'.removesuffix(''); 'abc'.removeprefix(1)
','.join(['a','b']); ''.join([]); 'x'.join(['a']); ','.join('abc'); ','.join([1]); ','.join(['a',1]); ','.join(1); '☃'.join(['a','é']); ','.join(x for x in 'ab'); ''.join(['a','é','☃','😀']); ','.join(('a',))
'abc'.translate({97:'x',98:None,99:100}); 'abc'.translate(str.maketrans('ab','xy')); 'abc'.translate(str.maketrans('ab','xy','c')); str.maketrans({'a':1,98:'x'}); str.maketrans('a'); str.maketrans('ab','c'); str.maketrans({'ab':1}); 'abc'.translate({97:1114112}); 'abc'.translate({97:1.5}); 'abc'.translate('xyz'); 'abc'.translate({97:'☃☃'})
'abc'.isalpha(); 'é1'.isalnum(); '²'.isdigit(); '²'.isdecimal(); '½'.isnumeric(); '½'.isdigit(); '١'.isdecimal(); '一'.isnumeric(); ''.isalpha(); ' \u3000'.isspace(); 'Ab'.istitle(); 'AB'.istitle(); 'A1b'.istitle(); 'A1B'.istitle(); 'ab1'.islower(); 'AB1'.isupper(); 'ª'.islower(); 'Ⅷ'.isupper(); 'ǅ'.istitle(); 'a_1'.isidentifier(); '1a'.isidentifier(); 'é'.isidentifier(); '·a'.isidentifier(); 'a·'.isidentifier(); ''.isidentifier(); 'a\n'.isprintable(); 'é☃'.isprintable(); '\u200b'.isprintable(); ''.isprintable(); '\xad'.isprintable(); 'é'.isascii(); ''.isascii()
'abc'[0]; 'abc'[-1]; 'abc'[3]; 'abc'[1:]; 'abc'[::-1]; 'abc'[::2]; 'é☃a'[2:]; 'é☃a'[0:1]; 'é☃a'[::-2]; 'abc'[5:]; 'abc'[:-5]; 'abc'[True]; 'a☃'[:1].isascii(); '😀é'[1:]; 'abc'[None:2]; 'abc'[::0]
'a'+'b'; 'a'+1; 'a'*3; 3*'ab'; 'a'*-1; 'a'*0; 'é☃'*2; 'a'*1.5; 'ab' in 'cabd'; 'x' in 'abc'; '' in ''; 1 in 'a'; 'a'<'b'; 'a'<'B'; 'é'>'z'; 'abc'<'abcd'; '☃'<'😀'; 'a'<1; 'a'==1; 'a'!='a'; 'é'=='é'
repr('a\'b'); repr('a\'b"c'); repr('\n\r\t\\'); repr('\x00\x7f\xa0\xad'); repr('é☃😀\ud800\u200b\U000e0001'); repr("it's"); repr('"'); ascii('é☃😀'); repr('\x85'); repr('\u2028')
'é'.encode(); '☃'.encode('ascii'); 'é'.encode('latin1'); 'a'.encode('utf-16'); 'é'.encode('ascii','replace'); 'é☃😀'.encode('ascii','backslashreplace'); 'é'.encode('ascii','xmlcharrefreplace'); '\ud800'.encode(); 'a'.encode('foo'); 'é'.encode('ascii','foo'); 'é'.encode('ascii','ignore'); 'abc'.encode(1); 'a'.encode(encoding='utf-8',errors='strict'); '\udcff'.encode('utf-8','surrogateescape'); 'aé'.encode('utf_8_sig'); 'Ā'.encode('cp1252'); '€'.encode('cp1252'); 'é'.encode('CP437'); 'é'.encode('UTF8'); '😀'.encode('utf-16-be'); '😀'.encode('utf-32-le'); 'é\n\\☃'.encode('unicode_escape'); 'é☃'.encode('raw_unicode_escape')
str(b'abc','ascii'); str(b'\xe9','latin-1'); str(b'\xff','utf-8'); str(b'a',errors='strict'); str('a','utf-8'); str(1,'utf-8'); str(b'abc'); str(object=5); str(bytearray(b'x'),'utf8'); str(memoryview(b'x'),'utf8'); str(b'\xff',errors='replace')
str.__add__('a','b'); 'a'.__mul__(3); 'a'.__rmul__(2); 'a'.__contains__('a'); 'a'.__len__(); 'a'.__getitem__(0); 'abc'.__iter__().__next__(); list('a☃é'); list(iter('ab')); 'a'.__hash__()==hash('a'); 'a'.__eq__('a'); 'a'.__eq__(1); 'a'.__lt__('b'); 'abc'.__getnewargs__(); 'a'.__format__('>3'); 'a'.__sizeof__(); 'é'.__sizeof__(); '☃'.__sizeof__(); '😀'.__sizeof__(); 'a'.__mod__(1); '%s'.__mod__(1); 'a'.__rmod__('%s')
'x'*(2**63); 'ab'*(2**62); ('a'*1000).replace('a','b'*1000)[-1]; max('abc'); sorted('hello'); 'abc'>='abc'; ''.join(reversed('abc')); tuple('ab'); set('a'); 'a b c'.split(' ',-1); 'a'.join(['x']*3); 'abcdefgh'.find('gh'); 'x'.join({'a':1}); 'a'.zfill('x')
'''
for line in exprs.strip().split('\n'):
    for e in line.split('; '):
        if e: print(ascii(e), end=' -> '); t(lambda: eval(e))
class S(str):
    pass
s=S('abc'); s.x=5
print(s, s.x, type(s+'d'), type(s[:]), type(s.strip()), s=='abc', hash(s)==hash('abc'), {s:1}['abc'], type(str(s)), repr(s), s.upper(), type(s.replace('x','y')), type(s*1), type('%s'%s), type(''.join([s])), s.__dict__, isinstance(s,str))
class S2(str):
    def __new__(cls, v, extra): 
        o = str.__new__(cls, v); o.extra = extra; return o
    def __str__(self): return 'S2:'+self.extra
    def __eq__(self, o): return o == 'magic'
    def __hash__(self): return 5
x=S2('q','w'); print(x, str(x), '%s'%x, f'{x}', x=='magic', 'magic'==x, [x]==['magic'], 'abc'+x, x+'d', len(x), type(x.extra))
a=S('é☃'); a.y='z'; print(a,a.y,a.__dict__)
s=''
for i in range(3000):
    s+='x' if i%3 else 'é' if i==1500 else 'yz'
print(len(s), hash(s)==hash(str(s.encode(),'utf8')), s.count('é'), s[-5:])
t_=s; t_+='q'; print(len(s),len(t_))
