# lists, tuples and dicts: methods, mutation while in use, sorting
def t(f):
    try: print(ascii(f()))
    except Exception as e: print(type(e).__name__, ascii(str(e)))
def ex(s, **kw):
    kw=dict(kw)
    try:
        exec(s, kw); print(ascii(s), {k:v for k,v in kw.items() if k not in('__builtins__',)})
    except Exception as e: print(ascii(s), type(e).__name__, ascii(str(e)), {k:v for k,v in kw.items() if k not in('__builtins__',)})
for s in '''l.append(1)|l.extend('ab')|l.extend(5)|l.insert(0,9)|l.insert(-1,9)|l.insert(99,9)|l.insert('a',1)|x=l.pop()|x=l.pop(0)|x=l.pop(-9)|x=l.pop('a')|[].pop()|l.remove(2)|l.remove(99)|x=l.index(2)|x=l.index(99)|x=l.index(1,1)|x=l.index(3,-1)|x=l.index(1,'a')|x=l.count(2)|l.reverse()|l.sort()|l.sort(reverse=True)|l.sort(key=lambda x:-x)|l.sort(1)|l.sort(foo=1)|l.clear()|x=l.copy()|x=l[0]|x=l[-1]|x=l[9]|x=l['a']|x=l[1:]|x=l[::-1]|x=l[::2]|x=l[5:1:-1]|l[0]=9|l[9]=9|l['a']=9|l[1:2]=[7,8,9]|l[1:2]=5|l[::2]=[1,2]|l[::2]=[1]|l[::2]=5|l[:]=l|l[1:1]=l|l[::-1]=l|del l[0]|del l[9]|del l[1:]|del l[::2]|del l[::-2]|del l['a']|x=l+[1]|x=l+(1,)|x=l+5|l+=(5,6)|l+='ab'|l+=5|x=l*2|x=2*l|x=l*0|x=l*-1|x=l*'a'|x=l*1.5|l*=2|l*=0|l*='a'|x=2 in l|x=99 in l|x=l==[1,2,3]|x=l<[1,2,4]|x=l<(1,)|x=l<[1,'a']|x=l>=[1,2]|x=l!=[1]|x=len(l)|x=bool([])|x=repr(l)|l.append(l);x=repr(l)|x=hash(l)|x={l:1}|x=list()|x=list('abc')|x=list(5)|x=list(1,2)|x=list(a=1)|x=list(x*x for x in l)|x=list(range(3))|x=list({1:2,3:4})|x=l.__sizeof__()|x=[].__sizeof__()|y=list(l.__reversed__())|x=list(reversed(l))|x=iter(l).__length_hint__()|x=iter(l).__reduce__()[1:]|it=iter(l);next(it);it.__setstate__(0);x=next(it);del it|x=reversed(l).__length_hint__()|x=l.__contains__(1)|x=l.__getitem__(slice(1,3))|x=l.__iadd__([4])|x=l.__class_getitem__(int)|x=list[int]|l.__init__('xy')|l.__setitem__(0,5)|l.__delitem__(0)|x=l.__eq__(5)|x=l.__mul__(2)|x=sorted(l,reverse=True)|x=max(l)|l[3:0]=[9]|l[10:20]=[9]|l.extend(l)|x=[*l,*l]|x=l[slice(None)]|x=l*(2**62)|x=l*(2**70)'''.split('|'): ex(s,l=[1,2,3])
for s in '''x=t[0]|x=t[-1]|x=t[9]|x=t['a']|x=t[1:]|x=t[::-1]|x=t[1:1]|x=t+(1,)|x=t+[1]|x=t*2|x=t*0|x=t*'a'|x=2 in t|x=t.index(2)|x=t.index(9)|x=t.count(1)|x=t==(1,2,3)|x=t<(1,2)|x=t<[1]|x=hash(t)|x=repr((1,))|x=()|x=tuple()|x=tuple('ab')|x=tuple(5)|x=tuple(1,2)|x=tuple(a=1)|x=tuple([1,2])|x=t.__getnewargs__()|x=len(t)|x=tuple(t) is t|x=t[:] is t|t[0]=1|del t[0]|x=t.__sizeof__()|x=tuple[int]|x=hash((1,[]))|x=t<(1,'a')|x=t.__add__((1,))|x=iter(t).__reduce__()[1:]|t.append(1)|x=(1,2)<(1,2,0)|x=((),)*3'''.split('|'): ex(s,t=(1,2,3))
for s in '''x=d['a']|x=d['z']|x=d[[]]|d['a']=5|d[[]]=1|del d['a']|del d['z']|x=d.get('a')|x=d.get('z')|x=d.get('z',5)|x=d.get([])|x=d.pop('a')|x=d.pop('z')|x=d.pop('z',1)|x=d.popitem()|{}.popitem()|x=d.setdefault('a',9)|x=d.setdefault('z',9)|x=d.setdefault('z')|d.update({'q':1})|d.update(q=1)|d.update([('q',1)])|d.update([('q',)])|d.update([5])|d.update(['ab'])|d.update(5)|d.update(1,2)|d.clear()|x=d.copy()|x=d.keys()|x=d.values()|x=d.items()|x=list(d)|x='a' in d|x=[] in d|x=len(d)|x=repr(d)|x=d=={'b':2,'a':1,'c':3}|x=d!={}|x=d<{}|x=hash(d)|x=dict()|x=dict([(1,2)])|x=dict(a=1)|x=dict({1:2},b=3)|x=dict(5)|x=dict([1])|x=dict.fromkeys('ab')|x=dict.fromkeys('ab',0)|x=dict.fromkeys(5)|x=d|{'z':1}|x=d.__or__({'z':1})|x=d.__or__(5)|x=d.__ror__({'z':1})|d.__ior__([('k',1)])|x=list(reversed(d))|x=list(reversed(d.items()))|x=list(reversed(d.values()))|x=d.keys()&{'a','z'}|x=d.keys()&['a','z']|x=sorted(d.keys()^{'a','z'})|x=sorted(d.keys()-{'a'})|x=d.items()&[('a',1)]|x=sorted(d.keys()-['a'])|x=d.keys()=={'a','b','c'}|x=d.keys()<={'a','b','c','e'}|x=d.keys()>{'a'}|x=d.items()=={('a',1),('b',2),('c',3)}|x=d.keys().isdisjoint('xy')|x=d.keys().isdisjoint(['a'])|x=('a',1) in d.items()|x=('a',2) in d.items()|x='a' in d.keys()|x=1 in d.values()|x=d.keys().mapping|x=len(d.items())|x=d.keys()[0]|x=d.keys()+1|x=d.keys()|x=repr(d.items())|x=d.__sizeof__()|x={}.__sizeof__()|x={1:2}.__sizeof__()|x=d.__contains__('a')|d['self']=d;x=repr(d)|x={1:1,True:2,1.0:3}|x=type(iter(d)),type(iter(d.values())),type(iter(d.items())),type(reversed(d))|x=iter(d).__length_hint__()|x=iter(d.items()).__reduce__()[1:]|x=dict[str,int]|x=d.keys().__class__.__name__|x=dict(zip('ab',[1,2]))|x={**d,'a':9}|x=d.items()-{('a',1)}|x=sorted(d.items()|{('z',0)})|x=dict(d.items())|x=dict(d,**{'x':1})|x=dict({1:2},**{'x':1})|x=d.__eq__(5)|x=d.values()==d.values()|x=d.get('a','b','c')|x=d.pop()|x=d.items()<[1]|x=sorted(d.keys()|[1] if 0 else d.keys()|{'y'})'''.split('|'):
    ex(s.replace('d.keys()\\|','d.keys()|'),d={'a':1,'b':2,'c':3})
def mut(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
def f1():
    d={1:1,2:2}
    for k in d: d[k+10]=1
def f2():
    d={1:1,2:2}
    for k in d: del d[k]; d[k+10]=1
def f3():
    d={1:1,2:2}
    for k in list(d): del d[k]
    return d
def f4():
    s={1,2}
    for k in s: s.add(k+10)
def f5():
    l=[1,2,3]; o=[]
    for x in l:
        o.append(x)
        if len(l)<6: l.append(x)
    return o
for f in (f1,f2,f3,f4,f5): mut(f)
class D(dict):
    def __missing__(self,k): return k*2
d=D(a=1); print(d['a'],d['x'],d.get('x'),type(d.copy()),d,type(D(d)), D.fromkeys('ab'))
class K:
    def __init__(s,v): s.v=v
    def __hash__(s): return 1
    def __eq__(s,o): 
        return isinstance(o,K) and s.v==o.v
    def __repr__(s): return 'K%d'%s.v
d={K(i):i for i in range(5)}; print(d, d[K(3)], K(9) in d); del d[K(2)]; print(d, d.pop(K(0)), list(d))
class Evil:
    def __hash__(s): return 1
    def __eq__(s,o):
        dd.clear(); return False
dd={Evil():1,5:2}
try: dd[Evil()]=3; print(len(dd))
except Exception as e: print(type(e),e)
class Evil2:
    def __eq__(s,o): L.clear(); return False
L=[Evil2(),Evil2(),1]; print(L.count(5), L); L=[Evil2(),1]; print(5 in L, L); L=[Evil2(),1]
try: L.remove(5)
except ValueError as e: print(e)
L=[Evil2(),1]; print(L==[5,6], L)
# big dicts
d={}
for i in range(1000): d[i]=i
for i in range(0,1000,2): del d[i]
for i in range(2000,2100): d[str(i)]=i
print(sum(v for v in d.values()), len(d), list(d)[:5], list(d)[-5:], d.popitem(), d.__sizeof__())
for i in range(500): 
    d['q']=1; d.popitem()
print(len(d))
# sorting
import sys
def lcg(n,seed):
    o=[]
    for _ in range(n):
        seed=(seed*1103515245+12345)&0x7fffffff; o.append(seed>>8)
    return o
for n in (0,1,2,3,10,63,64,65,200,1000,5000):
    a=lcg(n,n+1)
    b=sorted(a); print(n, all(b[i]<=b[i+1] for i in range(n-1)), sum(b)==sum(a), b[:3])
    print(sorted(x*0.5-1e6 for x in a)[:3], sorted(map(str,a))[:3], sorted((x%10,-x) for x in a)[:3], sorted(a,key=lambda x:x%7)[:5], sorted(a,key=lambda x:x%7,reverse=True)[:5], sorted(a,reverse=True)[:3])
    m=[x if i%2 else x+0.5 for i,x in enumerate(a)]; print(sorted(m)[:3], sorted(m,reverse=True)[:2])
    m=[x if i%2 else 2**70-x for i,x in enumerate(a)]; print(sorted(m)[:3])
    print(sorted(a+list(range(100)))[:5], sorted(list(range(n,0,-1)))[:3], sorted([str(x%50)+'é'*(x%3) for x in a])[:4]==sorted([str(x%50)+'é'*(x%3) for x in a])[:4])
    print(sorted([('a'*(x%12),x) for x in a])[:3], sorted([(str(x),) for x in a])[:2], sorted([[x%5,x] for x in a])[:3])
print(sorted(['b','a','ab','','a\0','a']), sorted([3.5,-0.0,0.0,-1,2]), sorted([True,False,2,0]))
for bad in ([1,'a'],[1j,2],[None,1]):
    mut(lambda: sorted(bad))
def smod():
    l=[3,2,1]
    def k(x): l.append(5); return x
    l.sort(key=k)
mut(smod)
def kraise():
    l=[3,2,1]
    try: l.sort(key=lambda x:1/(x-2))
    except ZeroDivisionError as e: print(l, e)
kraise()
class C:
    def __init__(s,v): s.v=v
    def __lt__(s,o): return s.v<o.v
    def __repr__(s): return 'C%d'%s.v
print(sorted([C(3),C(1),C(2)]), sorted(map(C,lcg(100,5)))[:5])
class LS(list): pass
l=LS([1,2]); l.x=1; print(l,l.x,type(l+[1]),type(l[:]),type(l.copy()),l==[1,2],repr(l), isinstance(l,list)); l.append(3); print(l, len(l))
class TS(tuple):
    def __new__(c,*a): return tuple.__new__(c,a)
t1=TS(1,2); t1.z=1; print(t1,t1.z,type(t1+(1,)),type(t1[:]),t1==(1,2),hash(t1)==hash((1,2)), {t1:1}[(1,2)], t1.__dict__)
