# the = form keeps the text
x, d = 5, {"k": [1, 2]}
print(f"{x=}", f"{x = }", f"{ x=}", f"{x= }", f"{x=!r}", f"{x=!s}", f"{x=:>5}", f"{x=!r:>5}", f"{x + 1=}", f"{d['k'][0]=}", f"{'a'=}", f"{x == 5=}", f"{(y := 3)=}", f"{x=}{x=}", f"a{x=}b", f"{x!=5=}" if False else "", f"{ x  +  1 = :04d}", f"{len('abc')=}", f"{lambda_ if 0 else 1=}", f"{[i for i in range(2)]=}", f"{x=:{x}}", f"{'é'=}", f"{'é'=!a}", f"{x,=}", f"{x<6=}", f"{x>=5=}", f"{x<=5=}")
print(f'''{
x
=}''')
