for i in range(5):
    if i == 3:
        break
else:
    print("no break")
for i in range(2):
    continue
else:
    print("else", i)
n = 0
while n < 5:
    n += 1
    if n == 2:
        continue
    if n == 4:
        break
    print(n)
else:
    print("never")
for a, (b, *c) in [(1, (2, 3, 4)), (5, (6,))]:
    print(a, b, c)
while True:
    try:
        break
    finally:
        print("finally before break")
for x in []:
    pass
else:
    print("empty else")
def f():
    for i in range(3):
        try:
            return i
        finally:
            print("cleanup")
print(f())
