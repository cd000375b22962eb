# shortest repr, precisions and reading of random floats
seed=99
def rnd(n):
    global seed
    r=0
    while True:
        seed=(seed*6364136223846793005+1442695040888963407)&((1<<64)-1)
        r=(r<<32)|(seed>>32)
        if r>>0 >= n or n < 1<<31 or r.bit_length()>n.bit_length()+8: return r%n
def rf():
    k=rnd(6)
    if k==0: return rnd(1<<53)*2.0**(rnd(1100)-1074)
    if k==1: return (rnd(1<<53)+(1<<52))*2.0**(rnd(1970)-1074)
    if k==2: return rnd(100000)/100
    if k==3: return rnd(10**17)/10**rnd(20)
    if k==4: return 2.0**(rnd(2000)-1074)
    return float(rnd(10**rnd(25)+1))*10.0**(rnd(30)-15)
out=[]
for i in range(40000):
    x=rf()
    if rnd(2): x=-x
    s=repr(x)
    if float(s)!=x: print('RT',s)
    if i%4==0: print(s, hash(x), x.hex(), '%.*e'%(rnd(20),x), format(x,'.%dg'%rnd(20)), '%.3f'%x if abs(x)<1e20 else '', round(x,rnd(10)), round(x,-rnd(10)), format(x,'.%d'%(rnd(18)+1)))
    if i%7==0: print(x.as_integer_ratio()[0]%1000007, int(x)%1000003, x//3.7, x%3.7, divmod(x,-0.3))
for i in range(20000):
    d=''.join(chr(48+rnd(10)) for _ in range(rnd(25)+1))
    p=rnd(len(d)+1)
    t=d[:p]+'.'+d[p:]+'e'+str(rnd(640)-330)
    print(t, float(t), float(d[:p]+'.'+d[p:]) )
