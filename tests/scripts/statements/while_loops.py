# while, else, break, continue
n = 0
while n < 3: n += 1
else: print("else", n)
while True:
    n += 1
    if n == 5: continue
    if n > 7: break
else: print("never")
print(n)
while 0: print("never")
else: print("else at once")
while n := n - 1:
    if n == 3: break
print(n)
i = 0
while i < 3:
    j = 0
    while True:
        j += 1
        if j == 2: break
        i += 1
    else: print("no")
    i += 1
    if i == 99: break
else: print("outer else", i, j)
x = 10
while x > 0: x -= 3
while not x > 5: x += 1; continue; print("never")
print(x)
def f():
    while True:
        try: return "from while"
        finally: print("finally")
print(f())
while [] or None or "": pass
count = 0
while count < 1000000: count += 1
print(count)
