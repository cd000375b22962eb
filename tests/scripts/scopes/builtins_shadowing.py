# builtins can be shadowed and restored, and removed
len_ = len
def len(x): return "shadow"
print(len([]), len_([])); del len; print(len([1]))
import builtins
builtins.my_builtin = 42; print(my_builtin); del builtins.my_builtin
try: my_builtin
except NameError as e: print(e)
builtins.len = lambda x: "patched"; print(len("abc")); builtins.len = len_; print(len("abc"))
def f():
    print = []
    print.append(1)
    return print
print(f()); True_ = True
def g(list=list, str="x"): return list("ab"), str
print(g()); print([int for int in range(2)], int); print(eval("len(x)", {"x": [1], "len": lambda v: "own"}), eval("len(x)", {"x": [1], "__builtins__": {"len": lambda v: "replaced"}}))
try: exec("print(1)", {"__builtins__": {}})
except NameError as e: print(e)
try: exec("class C: pass", {"__builtins__": {}})
except NameError as e: print(e)
try: exec("import os", {"__builtins__": {}})
except ImportError as e: print(e)
print(__builtins__ is builtins, __name__)
