# traceback.print_exc, format_exc, print_exception, limits
import sys, traceback
def a(): b()
def b(): c()
def c(): raise ValueError("deep")
for kw in ({}, {"limit": 1}, {"limit": -1}, {"limit": 0}, {"chain": False}):
    try:
        try: a()
        except ValueError: raise KeyError("second")
    except KeyError: traceback.print_exc(file=sys.stdout, **kw); print("--")
try: a()
except ValueError as e:
    print(traceback.format_exc(1)); traceback.print_exception(e, file=sys.stdout); print(traceback.format_tb(e.__traceback__)[-1]); traceback.print_tb(e.__traceback__, file=sys.stdout)
def stack(): return [f.name for f in traceback.extract_stack()]
print(stack(), traceback.format_list([("file", 3, "func", "code line")]))
a()
