# sets: operations and their order of iteration
def ex(src, **kw):
    kw=dict(kw)
    try:
        exec(src, kw); print(ascii(src), {k:v for k,v in kw.items() if k not in('__builtins__',)})
    except Exception as e: print(ascii(src), type(e).__name__, ascii(str(e)), {k:v for k,v in kw.items() if k not in('__builtins__',)})
for s in '''s.add(5)|s.add([])|s.discard(1)|s.discard(99)|s.remove(1)|s.remove(99)|x=s.pop()|set().pop()|s.clear()|x=s.copy()|x=s|x=s.union([5],(6,))|x=s.intersection([1,2])|x=s.intersection([1],[2])|x=s.intersection()|x=s.difference([1])|x=s.difference({1},{2})|x=s.symmetric_difference([1,9])|s.update([7],[8])|s.update(5)|s.intersection_update([1,2])|s.difference_update([1])|s.symmetric_difference_update([1,9])|x=s&{1}|x=s-{1}|x=s^{1,9}|x=s.__or__({9})|x=s.__or__([9])|s|={9}|s&={1}|s-={1}|s^={1,9}|s-=[1]|x=s&[1]|x=s<{1,2,3,4}|x=s<=s|x=s>set()|x=s>=[1]|x=s=={3,2,1}|x=s!={1}|x=s==[1]|x=s.issubset([1,2,3])|x=s.issuperset([1])|x=s.isdisjoint([5])|x=s.isdisjoint([1])|x=1 in s|x=[] in s|x={1} in s|x={1} in {frozenset([1])}|x=len(s)|x=repr(s)|x=repr(set())|x=hash(s)|x=set()|x=set('aab')|x=set(5)|x=set(1,2)|x=set(a=1)|x=frozenset()|x=frozenset([1,2])|x=frozenset(s)|x=frozenset(5)|x=hash(frozenset([1,2]))|x={frozenset([1]):2}[frozenset([1])]|x=frozenset([1])|s|x=s|frozenset([9])|x=frozenset([1]).copy()|x=frozenset([1]).add(1)|x={1,2}=={1.0,2.0}|x={1,True,1.0}|x=list(s)|x=s.__sizeof__()|x=set[int]|x=iter(s).__length_hint__()|x=iter(s).__reduce__()[1:]|x=s.__reduce__()|x=s.__contains__(1)|x={*s,9}|x=s.__and__({1})|x=s.__rsub__({1,9})|x=s.__eq__(5)|x=s.union('a','b')|x=s.issubset(5)|x=frozenset([3,1,2])|x=frozenset({frozenset(),frozenset([1])})|x=set(range(20))-set(range(5,15))|x=sorted(set('hello world'))|x=s.difference(range(2))|x={1:1}.keys()|s|x=s.intersection({1:2})|x=s.symmetric_difference({1:2,9:9})'''.split('|'): 
    if s=='s' : continue
    ex(s.replace('OR','|'),s={1,2,3})
seed=12345
def rnd(n):
    global seed
    seed=(seed*1103515245+12345)&0x7fffffff
    return (seed>>8)%n
class KV:
    def __init__(s,h,v): s.h=h; s.v=v
    def __hash__(s): return s.h
    def __eq__(s,o): return s.v==o.v
    def __repr__(s): return 'KV(%d,%d)'%(s.h,s.v)
for rounds in range(60):
    s=set(); r=rnd(3)
    rng=[20,1000,100000][r]
    for i in range(rnd(400)):
        op=rnd(10); v=rnd(rng)*(1 if rnd(2) else -7)
        if op<5: s.add(v)
        elif op<7: s.discard(v)
        elif op==7 and s: s.pop()
        elif op==8: s.update([rnd(rng) for _ in range(rnd(5))])
        else: s ^= {rnd(rng),rnd(rng)}
    o=set(rnd(rng) for _ in range(rnd(200)))
    print(list(s)); print(list(s|o)); print(list(s&o)); print(list(s-o)); print(list(o-s)); print(list(s^o)); print(list(s.copy())); print(list(set(list(s)))); print(list(frozenset(s)),hash(frozenset(s)))
    s.intersection_update(o); print(list(s)); o.difference_update(s); print(list(o)); s.update(o); print(list(s), list(s.union(range(50))), list(s.intersection(range(50))))
    s.symmetric_difference_update(range(30)); print(list(s)); print(s==set(s), s<=o, s>=o, s.isdisjoint(o), s.issubset(range(100000)))
    d={k:1 for k in o}; print(list(d.keys()&s), list(d.keys()|s), list(d.keys()-s), list(d.keys()^s), list(set(d)), list(s.difference(d)), list(s-o))
    while len(s)>3: s.pop()
    print(list(s)); s.add(7); s.add(15); print(list(s))
print(list({'a','b','c','hello','world'}), list(set('the quick brown fox')), list({1.5,2.5,'x'}-{2.5}))
