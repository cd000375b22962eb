import configparser, io
p = configparser.ConfigParser()
p.read_string("""
[DEFAULT]
home = /h
port: 80
[a]
x = 1
path = %(home)s/x
multi = one
  two

  three
flag = yes
; comment
[b]
y=2.5
pct = 50%%
""")
print(p.sections(), p['a']['path'], p.get('a','multi'), p.getint('a','x'), p.getfloat('b','y'), p.getboolean('a','flag'), p.get('b','pct'))
print(p['a'].get('nope'), p['a'].getint('x'), p['a'].getint('no', 4), p.get('a','no',fallback='f'), p.has_option('a','HOME'), p.options('a'), p.items('b'))
print(list(p), len(p), 'a' in p, 'DEFAULT' in p, p['b'], dict(p['b']), p.defaults(), len(p['a']))
o = io.StringIO(); p.write(o); print(o.getvalue()); o = io.StringIO(); p.write(o, False); print(o.getvalue())
for f in (lambda: p.get('a','no'), lambda: p.get('z','no'), lambda: p['z'], lambda: p['a']['no'], lambda: p.add_section('a'), lambda: p.add_section('DEFAULT'), lambda: p.set('a','b',1), lambda: p.set('a','b','%x'), lambda: p.getint('a','path'), lambda: p.getboolean('a','x2',fallback=None), lambda: p.getboolean('a','path'),
          lambda: p.read_string('x=1'), lambda: p.read_string('[a]\nx=1\n[a]\n'), lambda: p.read_string('[q]\nx=1\nx=2'), lambda: p.read_string('[q]\nbad line\nbad2'), lambda: p.read_dict({'n':{'a':1}}) or p['n']['a'], lambda: p.items('zz'), lambda: p.remove_section('zz'), lambda: p.remove_option('a','x'), lambda: p.remove_option('zz','x'), lambda: p.options('zz')):
    try: print(f())
    except Exception as e: print(type(e).__module__, type(e).__name__, e, e.args)
p['new'] = {'k': 'v'}; print(dict(p['new'])); del p['new']['k']; print(len(p['new']), list(p['new'])); del p['new']
try: del p['new']
except KeyError as e: print(e)
p.set('a','loop','%(loop)s')
for o, v in (('loop', '%(loop)s'), ('m', '%(zz)s')):
    p.set('a', o, v)
    try: print(p.get('a', o))
    except configparser.Error as e: print(type(e).__name__, e)
print(p.get('a','m',raw=True), p.get('a','m',vars={'zz':'Q'}))
e = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation()); e.read_string('[a]\nx=1\ny=${x}2\n[b]\nz=${a:y}$$\n'); print(e['b']['z'], dict(e['a']))
r = configparser.RawConfigParser(allow_no_value=True, inline_comment_prefixes='#', delimiters=('=',)); r.read_string('[s]\nkey\nk2 = v # c\nk3=%(z)s\n'); print(dict(r['s'])); o = io.StringIO(); r.write(o); print(repr(o.getvalue()))
c = configparser.ConfigParser({'d':'1'}, converters={'list': lambda v: v.split(',')}); c.read_string('[s]\nl=a,b'); print(c.getlist('s','l'), c['s'].getlist('l'), c['s']['d'])
print(p.read(['/nonexistent']), c.popitem())
k = configparser.ConfigParser(); k.optionxform = str; k.read_string('[s]\nAbC=1'); print(list(k['s']), 'abc' in k['s'])
k = configparser.ConfigParser(empty_lines_in_values=False); k.read_string('[s]\na=1\n 2\n\nb=3'); print(dict(k['s']))
print(k == k, bool(k), k['s'] == {'a':'1\n2','b':'3'}, p.items('a', raw=True))
