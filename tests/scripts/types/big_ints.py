# random big ints through every operator
seed=7
def r32():
    global seed
    seed=(seed*6364136223846793005+1442695040888963407)&((1<<64)-1)
    return seed>>32
def ri():
    k=r32()%8
    n=0
    for _ in range([1,2,2,3,4,10,30,100][k]): n=(n<<32)|r32()
    if r32()%5==0: n=(1<<n.bit_length())-(r32()%3-1)
    if r32()%7==0: n>>=r32()%n.bit_length() if n else 0
    return -n if r32()%2 else n
M=(1<<61)-1
acc=0
for i in range(30000):
    a=ri();b=ri();c=r32()%200
    v=[a+b,a-b,a*b,a&b,a|b,a^b,a<<c,a>>c,~a,-a,abs(a),a<b,a<=b,a==b,hash(a),a.bit_length(),a.bit_count()]
    if b: v+= [a//b,a%b,divmod(a,b),(a//b)*b+a%b==a]
    try: v.append(a/b if b else 0)
    except OverflowError as e: v.append(str(e))
    try: v.append(float(a))
    except OverflowError as e: v.append(str(e))
    v.append(a**(c%5)); v.append(pow(a,abs(b)%1000,(c+2)*(1 if c%3 else -1))); 
    s=str(a); v.append(int(s)==a); v.append(int(hex(a),16)==a); v.append(int(oct(a),0)==a); v.append(bin(a)[-20:])
    n=(a.bit_length()+8)//8
    v.append(int.from_bytes(a.to_bytes(n,'little',signed=True),'little',signed=True)==a)
    v.append(int.from_bytes(abs(a).to_bytes(n,'big'),'big')==abs(a))
    f=float(r32())*2.0**(r32()%300-150)
    v+= [a<f,a==f,a>f,f<a, round(a,-(c%30)), int(float(a%2**100)) if 1 else 0]
    if i%3==0: print(v)
    else: acc=hash((acc,)+tuple(v))
print(acc)
