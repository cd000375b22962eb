# SystemExit in every form inside try, and the one that ends the script
import sys
for a in ((), (0,), (3,), ("text",), (None,), (1, 2), (True,), (2.5,)):
    try: sys.exit(*a)
    except SystemExit as e: print(repr(e), repr(e.code))
    except TypeError as e: print(e)
try: sys.exit([1, "list"])
finally: print("finally runs")
