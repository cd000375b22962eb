# long and deep expressions
print(sum([1] * 1000) + 0, eval("+".join(["1"] * 2000)), eval("(" * 50 + "1" + ")" * 50), len(eval("[" + ",".join(["1"] * 3000) + "]")), len(eval("{" + ",".join(f"{i}: {i}" for i in range(3000)) + "}")), eval("-" * 60 + "1"), eval("not " * 61 + "1"), eval("1" + " if 1 else 0" * 50), eval(" or ".join(["0"] * 500 + ["7"])), eval("1 < " * 50 + "2") if False else eval(" < ".join(str(i) for i in range(200))), len(eval("'a' " * 500)), eval("f(" * 60 + "0" + ")" * 60, {"f": lambda x: x + 1}), eval("x" + "[0]" * 60, {"x": (lambda d: [d.append(d), d][1])([])}) is not None, eval("lambda: " * 40 + "5").__class__.__name__)
def many(*a, **k): return len(a), len(k)
print(eval("m(" + ",".join(str(i) for i in range(400)) + "," + ",".join(f"k{i}={i}" for i in range(400)) + ")", {"m": many})); ns = {}
exec("def f(" + ",".join(f"a{i}" for i in range(300)) + "): return a0 + a299", ns); print(ns["f"](*range(300))); exec("\n".join(f"v{i} = {i}" for i in range(3000)), ns); print(ns["v2999"]); exec("def g():\n" + "\n".join(f" x{i} = {i}" for i in range(500)) + "\n return x499", ns); print(ns["g"]()); exec("if 0: pass\n" + "\n".join(f"elif x == {i}: r = {i}" for i in range(300)), {"x": 299}); print("done")
try: eval("(" * 300 + ")" * 300)
except (SyntaxError, MemoryError) as e: print(type(e).__name__, e.args[0])
