# nonlocal: nearest binding, several levels, in loops and with deletes
def f():
    x = y = 1
    def g():
        nonlocal x, y
        x += 1
        def h():
            nonlocal x
            x += 10
            y = "own"
            return y
        return h()
    r = g()
    return x, y, r
print(f())
def d():
    v = 1
    def kill():
        nonlocal v
        del v
    kill()
    try: return v
    except UnboundLocalError as e: return str(e)
print(d())
def loop():
    i = "start"
    def run():
        nonlocal i
        for i in range(3): pass
    run()
    return i
print(loop())
def cls():
    z = 1
    class K:
        nonlocal z
        z = 2
        def m(self):
            nonlocal z
            z += 1
            return z
    return K().m(), z
print(cls())
def walrus():
    w = 0
    def f():
        nonlocal w
        return [w := w + i for i in range(3)]
    return f(), w
print(walrus())
for code in ("def f():\n nonlocal x", "nonlocal x", "def f():\n x = 1\n def g():\n  x = 2\n  nonlocal x", "def f(x):\n nonlocal x", "x = 1\ndef f():\n nonlocal x", "def f():\n global x\n def g():\n  nonlocal x", "def f():\n x = 1\n def g():\n  global x\n  nonlocal x", "class C:\n x = 1\n def f(self):\n  nonlocal x", "def f():\n x = 1\n def g():\n  nonlocal x\n  x: int = 1", "def f():\n def g():\n  nonlocal y\n y = 1", "def f():\n x = 0\n [x := i for i in range(3)]\n return x"):
    try: exec(code); print("fine")
    except SyntaxError as e: print(e.msg, e.lineno)
