# empty bodies
def f(): pass
def g(): ...
def h(): "doc only"
class A: pass
class B: ...
class C: "doc"
if 1: pass
for _ in []: pass
while 0: pass
try: pass
finally: pass
with open("/dev/null"): pass
print(f(), g(), h(), h.__doc__, C.__doc__); ...; 1; "string"; None; [1, 2]; f; (lambda: 0)
