# what was perhaps meant: builtins, self, imports
class C:
    value = 1
    def get(self): return value_
import traceback
for code in ("pritn(1)", "lenn([])", "Flase", "none", "time", "collections.deque", "sys.path", "abcdefgh"):
    try: eval(code)
    except NameError: traceback.print_exc(limit=1)
C().get()
