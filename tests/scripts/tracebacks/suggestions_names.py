# what was perhaps meant: names
import math
counter, Total = 1, 2
def f():
    local_value = 5
    try: return local_valeu
    except NameError as e: import traceback; traceback.print_exc()
f()
countr
