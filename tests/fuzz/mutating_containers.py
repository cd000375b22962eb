# Containers that change under their own operations: objects whose __eq__, __hash__, __lt__, __index__ ... mutate shared lists,
# dicts, sets and bytearrays. Run under the address sanitizer: mutating_containers.py [STEPS [SEED]]; it must end with "ok".
seed=1
def rnd(n):
    global seed
    seed=(seed*1103515245+12345)&0x7fffffff
    return (seed>>8)%n
depth=0
class E:
    def __init__(s,v): s.v=v
    def act(s):
        global depth
        if depth>2 or rnd(3)==0: return
        depth+=1
        try: mutate()
        except Exception: pass
        finally: depth-=1
    def __eq__(s,o): s.act(); return isinstance(o,E) and s.v==o.v
    def __lt__(s,o): s.act(); return isinstance(o,E) and s.v<o.v
    def __hash__(s): 
        if rnd(4)==0: s.act()
        return s.v%3
    def __repr__(s): s.act(); return 'E'
    def __index__(s): s.act(); return s.v%5
    def __len__(s): s.act(); return 3
    def __iter__(s):
        for i in range(4): s.act(); yield E(i)
    def __bytes__(s): s.act(); return b'xy'
    def __str__(s): s.act(); return 'S'
    def __format__(s,f): s.act(); return 'F'+f
    def __del__(s):
        if rnd(20)==0: s.act()
    def __bool__(s): s.act(); return True
L=[]; D={}; S=set(); B=bytearray(b'abc'); its=[]
def e(): return E(rnd(6)) if rnd(4) else rnd(6)
ops=[]
def op(f): ops.append(f); return f
for src in '''L.append(e())|L.extend([e(),e()])|L.insert(e(),e())|L.pop()|L.pop(e())|L.remove(e())|L.index(e())|L.count(e())|e() in L|L.sort()|L.sort(key=lambda x:E(rnd(5)))|L.reverse()|L.clear()|L==[e() for _ in range(3)]|L<[e()]|repr(L)|L.__setitem__(slice(e(),None),[e()])|L.__setitem__(slice(None,None,2),L)|L.__delitem__(slice(e(),e()))|L.__iadd__(E(1))|L.extend(E(2))|L.__imul__(e())|L*2|L+L|L[e()]|L.__setitem__(e(),e())|sorted(L)|max(L)|tuple(L)==tuple(L[::-1])|hash(tuple(L))|e() in tuple(L)|D.__setitem__(e(),e())|D.get(e())|D.pop(e())|D.setdefault(e(),e())|D.popitem()|D.update({e():e()})|D.update([(e(),e()) for _ in range(2)])|D.clear()|D=={e():e(),e():1}|repr(D)|list(D.items())|D.copy()|e() in D|D.keys()&S|D.keys()|D.items()-[(1,2)]|D.keys()<=S|dict(D)|D|{**D}|D.values()|e() in D.values()|(e(),e()) in D.items()|D.fromkeys(L)|S.add(e())|S.discard(e())|S.remove(e())|S.pop()|S.update(L)|S&set(L)|S-set(L)|S^set(L)|S.symmetric_difference_update(L)|S.intersection_update(L)|S.difference_update(L)|S<=set(L)|S==set(L)|S.isdisjoint(L)|frozenset(S)|repr(S)|S.clear()|S.copy()|S.union(L,D)|S.intersection(L)|S.difference(D)|its.append(iter(L))|its.append(iter(D))|its.append(iter(S))|its.append(reversed(L))|its.append(iter(D.items()))|its.append(iter(B))|next(its[rnd(len(its))])|list(its[rnd(len(its))])|its.clear()|its[rnd(len(its))].__length_hint__()|B.append(e())|B.extend(E(3))|B.extend([e(),e()])|B.insert(e(),e())|B.pop(e())|B.__setitem__(e(),e())|B.__setitem__(slice(e(),e()),[e(),e()])|B.__delitem__(slice(e(),e(),2))|B.remove(e())|B.clear()|B.find(e())|bytes(E(1))|b'%b'%E(2)|'%s %r'%(E(1),E(2))|'{} {!r:>5} {:x}'.format(E(1),E(2),E(3))|','.join([str(E(1))])|','.join(E(3))|'abc'.replace('a','b',E(2))|'a b'.split(None,E(1))|'abc'[E(0):E(3)]|'x'*E(3)|memoryview(B)[E(1)]|B.__iadd__(B)|B*2|B.join(L)|bytes(L)|B.__imul__(E(2))|'abc'.find('a',E(1),E(2))|'abc'.translate(D)|str.maketrans(D)|L.__getitem__(slice(E(1),E(3),E(1)))|dict(zip(L,L))|L.__eq__(L)|[*L,*S,*D]|set(D)|D.__or__({e():1})|B.translate(None,B)|B.startswith((b'a',b'b'))|B.replace(b'a',b'bb')|int.from_bytes(L)|sum(L,0)|isinstance(L,list)'''.split('|'):
    ops.append(eval('lambda: '+src))
def mutate():
    ops[rnd(len(ops))]()
    if len(L)>40: L.clear()
    if len(B)>200: B.clear()
    if len(D)>40: D.clear()
import sys
N=int(sys.argv[1]) if len(sys.argv)>1 else 20000
seed=int(sys.argv[2]) if len(sys.argv)>2 else 1
err={}
for i in range(N):
    try: mutate()
    except Exception as x: err[type(x).__name__]=err.get(type(x).__name__,0)+1
print('ok', sorted(err))
