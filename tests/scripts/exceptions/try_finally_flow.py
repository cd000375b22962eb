# the order in which try, except, else and finally run, with returns, breaks and raises in them
def f(n):
    log = []
    def note(x): log.append(x); return x
    def body():
        for i in range(2):
            try:
                note(f"try{i}")
                if n == 1: return note("ret")
                if n == 2: break
                if n == 3: continue
                if n == 4: raise ValueError("v")
                if n == 5: raise KeyError("k")
                if n == 6:
                    try: 1 / 0
                    finally: note("inner finally")
            except ValueError as e: note("except " + str(e)); 
            except (KeyError, TypeError): note("tuple"); raise
            else: note("else")
            finally:
                note("finally")
                if n == 7: return "finally return"
                if n == 8: break
        else: note("for else")
        return note("end")
    try: r = body()
    except Exception as e: r = repr(e)
    return log, r
for n in range(9): print(n, *f(n))
def override():
    try: raise ValueError
    finally: return "swallowed"
def override2():
    while True:
        try: return "try"
        finally: break
    return "after"
def nested():
    try:
        try: raise ValueError("a")
        except ValueError: raise KeyError("b")
        finally: print("f1")
    except KeyError as e: return repr(e), repr(e.__context__)
    finally: print("f2")
def unbind():
    e = "outer"
    try: raise ValueError
    except ValueError as e: pass
    try: return e
    except UnboundLocalError as x: return str(x)
def gen_ret():
    try: return 1
    finally: print("ran")
def value():
    x = 1
    try: return x
    finally: x = 2
print(override(), override2(), nested(), unbind(), gen_ret(), value())
def loop():
    out = []
    for i in range(5):
        try:
            if i == 1: continue
            if i == 3: break
            out.append(i)
        finally: out.append("f%d" % i)
    return out
print(loop())
